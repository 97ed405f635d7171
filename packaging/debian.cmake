# The Debian packages, one a component of the installation: libassess0, libassess-office0, libassess-dev, assess. packaging/debs makes them.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME assess)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_CONTACT "The libassess authors <maintainers@libassess.invalid>")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(CPACK_COMPONENTS_ALL lib office dev cli)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_VERSION "${PROJECT_VERSION}")
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS_POLICY ">=")
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${CMAKE_BINARY_DIR}/libassess)
set(same "(= ${PROJECT_VERSION}-1)")

# A package: its component, name, section, what it depends on beside shared libraries, its description (lines of at most 80 characters).
macro(assess_package component name section depends title)
  string(TOUPPER ${component} c)
  set(CPACK_DEBIAN_${c}_PACKAGE_NAME ${name})
  set(CPACK_DEBIAN_${c}_PACKAGE_SECTION ${section})
  set(CPACK_DEBIAN_${c}_PACKAGE_DEPENDS "${depends}")
  set(CPACK_DEBIAN_${c}_DESCRIPTION "${title}\n${ARGN}")
  set(documents ${CMAKE_INSTALL_DATADIR}/doc/${name})
  install(FILES ${CMAKE_BINARY_DIR}/packaging/copyright ${CMAKE_SOURCE_DIR}/NOTICE DESTINATION ${documents} COMPONENT ${component})
  install(FILES ${CMAKE_BINARY_DIR}/packaging/changelog.Debian.gz DESTINATION ${documents} COMPONENT ${component})
endmacro()

set(about "libassess carries out the yearly performance assessments of people and\nunits exactly, by rules written in Lua, and explains every figure.")
assess_package(lib libassess0 libs "" "exact, explained performance assessments - shared library" "${about}")
assess_package(office libassess-office0 libs "libassess0 ${same}" "workbooks for performance assessments - shared library"
  "${about}\nThis library reads and writes workbooks (.xlsx).")
assess_package(dev libassess-dev libdevel
  "libassess0 ${same}, libassess-office0 ${same}, liblua5.4-dev, libsqlite3-dev, libutf8proc-dev, libssl-dev, zlib1g-dev, libexpat1-dev, libminizip-dev, libxlsxwriter-dev, libicu-dev"
  "exact, explained performance assessments - headers" "${about}\nHeaders, static libraries, pkg-config and CMake files.")
assess_package(cli assess utils "libassess0 ${same}, libassess-office0 ${same}" "exact, explained performance assessments - command line" "${about}\nThe command, its manual in Chinese and English, and the rules.")

# What the packages hold besides.
file(WRITE ${CMAKE_BINARY_DIR}/packaging/triggers "activate-noawait ldconfig\n")
file(CHMOD ${CMAKE_BINARY_DIR}/packaging/triggers PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ)
set(CPACK_DEBIAN_LIB_PACKAGE_CONTROL_EXTRA ${CMAKE_BINARY_DIR}/packaging/triggers)
set(CPACK_DEBIAN_OFFICE_PACKAGE_CONTROL_EXTRA ${CMAKE_BINARY_DIR}/packaging/triggers)
file(READ ${CMAKE_SOURCE_DIR}/NOTICE notice) # its licence, in the form of debian/copyright: indented, empty lines as a dot
string(REGEX REPLACE "^.*\nPermission is" "Permission is" copyright_notice "${notice}")
string(STRIP "${copyright_notice}" copyright_notice)
string(REPLACE "\n\n" "\n.\n" copyright_notice "${copyright_notice}")
string(REPLACE "\n" "\n " copyright_notice " ${copyright_notice}")
configure_file(${CMAKE_SOURCE_DIR}/packaging/copyright.in ${CMAKE_BINARY_DIR}/packaging/copyright @ONLY)
string(TIMESTAMP day "%a, %d %b %Y %H:%M:%S +0000" UTC) # of SOURCE_DATE_EPOCH, where it is set
configure_file(${CMAKE_SOURCE_DIR}/packaging/changelog.in ${CMAKE_BINARY_DIR}/packaging/changelog.Debian @ONLY)
execute_process(COMMAND gzip -9nkf ${CMAKE_BINARY_DIR}/packaging/changelog.Debian COMMAND_ERROR_IS_FATAL ANY)
include(CPack)
