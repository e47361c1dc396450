# SPDX-License-Identifier: AGPL-3.0-or-later
# entregent_translations(TARGET NAMESPACE NAME): compiles po/*.po and embeds them in TARGET as `NAME()`. msgfmt refuses a catalogue
# with broken syntax; what else must hold is checked by tools/check_translations.py.
find_program(MSGFMT_PROGRAM msgfmt REQUIRED)
function(entregent_translations target namespace name)
  set(compiled "")
  foreach(language fr)
    set(source ${PROJECT_SOURCE_DIR}/po/${language}.po)
    set(output ${CMAKE_CURRENT_BINARY_DIR}/${language}.mo)
    add_custom_command(OUTPUT ${output} COMMAND ${MSGFMT_PROGRAM} --check-format --no-hash -o ${output} ${source} DEPENDS ${source} VERBATIM)
    list(APPEND compiled ${output})
  endforeach()
  entregent_embed(${target} ${namespace} ${name} ${compiled})
endfunction()
