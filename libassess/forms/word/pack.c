/* Packs a Word form while libassess is built: pack FROM FORM OUT, from the parts that all forms have (FROM/parts) and FROM/FORM.xml, the
 * document itself. The order of the parts and their date are always the same, so the same sources give the same bytes: other packers
 * also keep when a file was last read. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <minizip/zip.h>

static const char *const parts[] = {"[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/_rels/document.xml.rels",
                                    "word/styles.xml", "word/fontTable.xml", "word/settings.xml", "word/footer1.xml"};

static int add_bytes(zipFile out, FILE *in)
{
    char bytes[65536];
    size_t got;
    while ((got = fread(bytes, 1, sizeof bytes, in)) > 0)
        if (zipWriteInFileInZip(out, bytes, (unsigned)got) != ZIP_OK)
            return -1;
    return ferror(in) ? -1 : 0;
}

static int add_part(zipFile out, const char *name, const char *path)
{
    enum { DAY_ONE = (1 << 5 | 1) << 16 }; /* 1980-01-01 00:00, as MS-DOS writes it */
    const zip_fileinfo about = {.dosDate = DAY_ONE};
    FILE *in = fopen(path, "rb");
    int failed = !in || zipOpenNewFileInZip(out, name, &about, NULL, 0, NULL, 0, NULL, Z_DEFLATED, Z_BEST_COMPRESSION) != ZIP_OK;
    if (!failed)
        failed = add_bytes(out, in) || zipCloseFileInZip(out) != ZIP_OK;
    if (in)
        fclose(in);
    if (failed)
        fprintf(stderr, "cannot pack %s\n", path);
    return failed;
}

int main(int count, char **arguments)
{
    char path[4096];
    zipFile out = count == 4 ? zipOpen(arguments[3], APPEND_STATUS_CREATE) : NULL;
    int failed = !out;
    for (size_t i = 0; i < sizeof parts / sizeof *parts && !failed; i++) {
        if (strcmp(parts[i], "word/document.xml") == 0)
            snprintf(path, sizeof path, "%s/%s.xml", arguments[1], arguments[2]);
        else
            snprintf(path, sizeof path, "%s/parts/%s", arguments[1], parts[i]);
        failed = add_part(out, parts[i], path);
    }
    if (out && zipClose(out, NULL) != ZIP_OK)
        failed = 1;
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
