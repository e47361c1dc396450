# SPDX-License-Identifier: AGPL-3.0-or-later
# What `./dev run` builds, and what `./dev test` builds and runs of the release build.
add_custom_target(programs)
add_custom_target(release_tests)
add_dependencies(release_tests programs)

# Where sources are joined (CMAKE_UNITY_BUILD), by folder and eight at a time: a file more in one folder moves none of another to new
# neighbours, whose small helpers may have the same names.
function(entregent_join_by_folder target sources)
  set_target_properties(${target} PROPERTIES UNITY_BUILD_MODE GROUP)
  foreach(source ${sources})
    get_filename_component(folder ${source} DIRECTORY)
    string(MAKE_C_IDENTIFIER "in_${folder}" folder)
    math(EXPR group "${${folder}_count} + 0")
    math(EXPR ${folder}_count "${group} + 1")
    math(EXPR group "${group} / 8")
    set_source_files_properties(${source} PROPERTIES UNITY_GROUP ${folder}_${group})
  endforeach()
endfunction()

# entregent_room(NAME SOURCES … HEADERS … TESTS … NEEDS rooms… USES libraries… PRIVATE_USES libraries…)
# One room = one static library `entregent_NAME` and, where it has tests, one ctest `NAME_test`. Every header must compile alone
# (target all_verify_interface_header_sets).
function(entregent_room name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;HEADERS;TESTS;TEST_USES;NEEDS;USES;PRIVATE_USES" ${ARGN})
  set(target entregent_${name})
  add_library(${target} STATIC ${ROOM_SOURCES})
  entregent_join_by_folder(${target} "${ROOM_SOURCES}")
  target_sources(${target} PUBLIC FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR}/src FILES ${ROOM_HEADERS})
  set_target_properties(${target} PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON)
  target_link_libraries(${target} PUBLIC entregent_options ${ROOM_USES} PRIVATE ${ROOM_PRIVATE_USES})
  foreach(need ${ROOM_NEEDS})
    target_link_libraries(${target} PUBLIC entregent_${need})
  endforeach()
  if(ROOM_TESTS)
    entregent_test(${name}_test SOURCES ${ROOM_TESTS} USES ${target} ${ROOM_TEST_USES})
  endif()
endfunction()

# entregent_test(NAME SOURCES … USES … [LABELS …]): one GoogleTest program, one ctest. With the label `release` it is also built and
# run in the release build, where `./dev test` runs nothing else (the sandbox's lock, the work counters, whole programs).
function(entregent_test name)
  cmake_parse_arguments(TEST "" "" "SOURCES;USES;LABELS" ${ARGN})
  add_executable(${name} ${TEST_SOURCES})
  set_target_properties(${name} PROPERTIES UNITY_BUILD OFF)  # each file has its own small helpers
  # What is tested lies in the libraries, built as ever: a test's own code need not be fast, and compiles a third faster so.
  target_compile_options(${name} PRIVATE -O0 -g1 -U_FORTIFY_SOURCE)
  target_link_libraries(${name} PRIVATE ${TEST_USES} GTest::gmock GTest::gtest_main)
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR})
  target_compile_definitions(${name} PRIVATE ENTREGENT_SOURCE_DIR="${PROJECT_SOURCE_DIR}" ENTREGENT_BUILD_DIR="${PROJECT_BINARY_DIR}")
  add_test(NAME ${name} COMMAND ${name} --gtest_brief=1)
  if("release" IN_LIST TEST_LABELS)
    add_dependencies(release_tests ${name})
  endif()
  set_tests_properties(${name} PROPERTIES LABELS "${TEST_LABELS}")
endfunction()

# entregent_program(NAME SOURCES … USES …): one of the programs that a person gets. They lie beside each other in the build folder
# itself, as they do when installed, and find each other there.
function(entregent_program name)
  cmake_parse_arguments(PROGRAM "" "" "SOURCES;USES" ${ARGN})
  add_executable(${name} ${PROGRAM_SOURCES})
  target_link_libraries(${name} PRIVATE ${PROGRAM_USES})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR})
  add_dependencies(programs ${name})
endfunction()
