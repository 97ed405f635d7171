# Packs a Word form: the parts that all of them have, and NAME.xml as the document itself.
#   cmake -DFROM=libassess/forms/word -DFORM=roster -DTO=build/forms -P pack.cmake
# The order of the parts and their date are always the same, so the same sources give the same bytes.
set(staging ${TO}/word/${FORM})
file(REMOVE_RECURSE ${staging})
file(COPY ${FROM}/parts/ DESTINATION ${staging})
configure_file(${FROM}/${FORM}.xml ${staging}/word/document.xml COPYONLY)
execute_process(
  COMMAND ${CMAKE_COMMAND} -E tar cf ${TO}/${FORM}.docx --format=zip "--mtime=1980-01-01 00:00:00 UTC" --
          "[Content_Types].xml" _rels/.rels word/document.xml word/_rels/document.xml.rels word/styles.xml word/fontTable.xml
          word/settings.xml word/footer1.xml
  WORKING_DIRECTORY ${staging} RESULT_VARIABLE failed)
if(failed)
  message(FATAL_ERROR "cannot pack ${FORM}.docx")
endif()
