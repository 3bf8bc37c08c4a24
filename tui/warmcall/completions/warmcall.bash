_warmcall_completion() {
    local program=$1 typed=${COMP_WORDS[COMP_CWORD]} quote= kind value about at width=0 shown
    local -a values=() abouts=()
    local IFS=$'\n'
    case $program in "~/"*) program=$HOME/${program:2} ;; esac
    case $typed in [\"\']*) quote=${typed:0:1} ;; esac
    COMPREPLY=()
    while IFS=$'\t' read -r kind value about; do
        case $kind in
            plain) values+=("$value") abouts+=("$about") ;;
            file | dir) compopt -o default 2>/dev/null; return ;;
        esac
    done < <(
        _WARMCALL_COMPLETE=words_complete COMP_TYPED=$typed COMP_WORDS="${COMP_WORDS[*]:0:COMP_CWORD}" \
            "$program" 2>/dev/null
    )
    for value in "${values[@]}"; do ((${#value} > width)) && width=${#value}; done
    for at in "${!values[@]}"; do
        value=${values[at]}
        if ((COMP_TYPE == 63 && ${#values[@]} > 1)) && [[ ${abouts[at]} ]]; then
            printf -v shown '%-*s  %s' "$width" "$value" "${abouts[at]}"
            printf -v shown '%-*.*s' "$((${COLUMNS:-80} - 1))" "$((${COLUMNS:-80} - 1))" "$shown"
        elif [[ $quote == '"' ]]; then
            shown=${value//\\/\\\\} shown=${shown//\"/\\\"} shown=${shown//\$/\\\$} shown=${shown//\`/\\\`}
        elif [[ $quote ]]; then
            shown=$value
        else
            printf -v shown %q "$value"
        fi
        COMPREPLY+=("$shown")
    done
}

complete -o nosort -F _warmcall_completion warmcall 2>/dev/null ||
    complete -F _warmcall_completion warmcall
