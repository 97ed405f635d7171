# cmake -DPROGRAM=… -DARGUMENTS=… -DOUTPUT=… -P make_text.cmake: what the program prints, into a file.
execute_process(COMMAND ${EMULATOR} ${PROGRAM} ${ARGUMENTS}
  OUTPUT_FILE ${OUTPUT} RESULT_VARIABLE failed)
if(failed)
  file(REMOVE ${OUTPUT})
  message(FATAL_ERROR "${PROGRAM} ${ARGUMENTS}: ${failed}")
endif()
