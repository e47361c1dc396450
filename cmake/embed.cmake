# SPDX-License-Identifier: AGPL-3.0-or-later
# entregent_embed(TARGET NAMESPACE NAME FILES…): files become `std::span<const EmbeddedFile> NAME()` of base/embedded_file.h, in
# the order given; the name is the file's own, without its folder.
function(entregent_embed target namespace name)
  set(output ${CMAKE_CURRENT_BINARY_DIR}/embedded_${name}.cc)
  set(paths "")
  foreach(file ${ARGN})
    get_filename_component(path ${file} ABSOLUTE)
    list(APPEND paths ${path})
  endforeach()
  add_custom_command(OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -DOUTPUT=${output} -DNAMESPACE=${namespace} -DNAME=${name} "-DFILES=${paths}"
            -P ${PROJECT_SOURCE_DIR}/cmake/embed_files.cmake
    DEPENDS ${paths} ${PROJECT_SOURCE_DIR}/cmake/embed_files.cmake VERBATIM)
  target_sources(${target} PRIVATE ${output})
endfunction()
