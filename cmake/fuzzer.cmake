# SPDX-License-Identifier: AGPL-3.0-or-later
# entregent_fuzzer(NAME SOURCES … USES …): the sources define LLVMFuzzerTestOneInput. Beside them lie seeds/NAME/*, crashes/NAME/*
# (past crashes, kept for ever) and, where it helps, NAME.dict.
#   with ENTREGENT_FUZZ: the libFuzzer program `fuzz_NAME`, run by `./dev fuzz NAME SECONDS`;
#   in every build: `replay_NAME`, a program and ctest that gives each seed and crash to the same function once.
function(entregent_fuzzer name)
  cmake_parse_arguments(FUZZER "" "" "SOURCES;USES" ${ARGN})
  add_executable(replay_${name} ${FUZZER_SOURCES} ${PROJECT_SOURCE_DIR}/fuzz/replay_main.cc)
  target_link_libraries(replay_${name} PRIVATE ${FUZZER_USES} entregent_options)
  add_test(NAME replay_${name}
    COMMAND replay_${name} ${CMAKE_CURRENT_SOURCE_DIR}/seeds/${name} ${CMAKE_CURRENT_SOURCE_DIR}/crashes/${name})
  set_tests_properties(replay_${name} PROPERTIES TIMEOUT 300)

  if(ENTREGENT_FUZZ)
    add_executable(fuzz_${name} ${FUZZER_SOURCES})
    target_link_libraries(fuzz_${name} PRIVATE ${FUZZER_USES} entregent_options -fsanitize=fuzzer)
    add_dependencies(fuzzers fuzz_${name})
  endif()
endfunction()
