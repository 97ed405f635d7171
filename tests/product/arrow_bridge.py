"""libassess through ctypes, as far as the tests of its Arrow streams need it: handles, errors as exceptions, capsules."""
import ctypes
import os
import pathlib

BUILD = pathlib.Path(os.environ["ASSESS_BUILD"])
LIBRARY = ctypes.CDLL(str(BUILD / "libassess" / "libassess.so"))
ZH, EN = 0, 1
POINTER = ctypes.c_void_p


class Stream(ctypes.Structure):
    _fields_ = [("get_schema", POINTER), ("get_next", POINTER), ("get_last_error", POINTER), ("release", POINTER), ("private", POINTER)]


class Error(ctypes.Structure):
    _fields_ = [("status", ctypes.c_int), ("id", ctypes.c_char * 48), ("message", (ctypes.c_char * 1024) * 2), ("file", ctypes.c_char * 512),
                ("line", ctypes.c_uint32), ("column", ctypes.c_uint32), ("clause", ctypes.c_char * 128)]


class Problem(ctypes.Structure):
    _fields_ = [("size", ctypes.c_size_t), ("severity", ctypes.c_int), ("id", ctypes.c_char_p), ("file", ctypes.c_char_p), ("row", ctypes.c_uint32),
                ("column", ctypes.c_uint32), ("header", ctypes.c_char_p), ("value", ctypes.c_char_p), ("message", ctypes.c_char_p * 2),
                ("sheet", ctypes.c_char_p)]


class SchemeOptions(ctypes.Structure):
    _fields_ = [("size", ctypes.c_size_t), ("folders", POINTER), ("folder_count", ctypes.c_size_t),
                ("settings", ctypes.POINTER(ctypes.c_char_p)), ("setting_count", ctypes.c_size_t), ("period", ctypes.c_char_p)]


class BatchOptions(ctypes.Structure):
    _fields_ = [("size", ctypes.c_size_t), ("ignored", POINTER), ("ignored_count", ctypes.c_size_t), ("threads", ctypes.c_uint),
                ("hash", ctypes.c_int), ("progress", POINTER), ("user", POINTER), ("workbooks", POINTER)]


class Failed(Exception):
    def __init__(self, error):
        super().__init__(f"{error.id.decode()}: {error.message[EN].value.decode()}")
        self.id = error.id.decode()


def call(name, *arguments):
    error = Error()
    function = getattr(LIBRARY, name)
    function.restype = ctypes.c_int
    if function(*arguments, ctypes.byref(error)) != 0:
        raise Failed(error)


def made(name, *arguments):
    handle = POINTER()
    call(name, *arguments, ctypes.byref(handle))
    return handle


def text(name, *arguments):
    handle, length = POINTER(), ctypes.c_size_t()
    call(name, *arguments, ctypes.byref(handle), ctypes.byref(length))
    out = ctypes.string_at(handle, length.value)
    LIBRARY.assess_text_free(handle)
    return out


def capsule_address(capsule):
    get = ctypes.pythonapi.PyCapsule_GetPointer
    get.restype, get.argtypes = POINTER, [ctypes.py_object, ctypes.c_char_p]
    return POINTER(get(capsule, b"arrow_array_stream"))


class Handle:
    """Freed when nobody refers to it any more; what it came from may be freed before."""

    def __init__(self, handle, free):
        self.handle, self.free = handle, getattr(LIBRARY, free)

    def __del__(self):
        self.free(self.handle)


class Batch(Handle):
    def __init__(self, rules, period, settings=(), hashed=False, threads=0):
        given = (ctypes.c_char_p * (len(settings) + 1))(*(setting.encode() for setting in settings))
        options = SchemeOptions(size=ctypes.sizeof(SchemeOptions), settings=given, setting_count=len(settings), period=period.encode())
        scheme = made("assess_scheme_load", str(rules).encode(), ctypes.byref(options))
        about = BatchOptions(ctypes.sizeof(BatchOptions), None, 0, threads, hashed)
        super().__init__(made("assess_batch_new", scheme, ctypes.byref(about)), "assess_batch_free")
        LIBRARY.assess_scheme_free(scheme)

    def add(self, table, data, name=None):
        """Any object with __arrow_c_stream__."""
        capsule = data.__arrow_c_stream__()
        call("assess_batch_add_arrow", self.handle, table.encode(), (name or table).encode(), capsule_address(capsule))
        return self

    def read(self, *paths):
        given = (ctypes.c_char_p * len(paths))(*(str(path).encode() for path in paths))
        call("assess_batch_read", self.handle, given, ctypes.c_size_t(len(paths)))
        return self

    def problems(self):
        LIBRARY.assess_batch_problem_count.restype = ctypes.c_size_t
        for index in range(LIBRARY.assess_batch_problem_count(self.handle)):
            one = Problem(ctypes.sizeof(Problem))
            call("assess_batch_problem", self.handle, ctypes.c_size_t(index), ctypes.byref(one))
            yield (one.id.decode(), one.file.decode(), one.row, one.column, one.header.decode(), one.value.decode())

    def result(self):
        call("assess_batch_finish", self.handle)
        return Result(made("assess_result_new", self.handle, None), "assess_result_free")


def taken(name, *arguments):
    """The stream that a call fills, as pyarrow takes it over."""
    import pyarrow
    stream = Stream()
    call(name, *arguments, ctypes.byref(stream))
    return pyarrow.RecordBatchReader._import_from_c(ctypes.addressof(stream))


class Result(Handle):
    def csv(self, language=EN):
        return text("assess_result_csv", self.handle, language)

    def arrow(self, language=EN):
        return taken("assess_result_arrow", self.handle, language)

    def table(self, name, language=EN):
        table = Handle(made("assess_result_table", self.handle, name.encode(), language), "assess_table_free")
        return taken("assess_table_arrow", table.handle)

    def tables(self):
        LIBRARY.assess_result_table_count.restype = ctypes.c_size_t
        LIBRARY.assess_result_table_id.restype = ctypes.c_char_p
        return [LIBRARY.assess_result_table_id(self.handle, ctypes.c_size_t(i)).decode()
                for i in range(LIBRARY.assess_result_table_count(self.handle))]

    def seal(self, path):
        call("assess_store_seal", self.handle, str(path).encode(), None)
