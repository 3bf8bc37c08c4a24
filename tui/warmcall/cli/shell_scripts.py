"""What shells run to complete a command line, and what answers them.

The scripts give the words before the cursor, one a line and quoted as they were typed, and the word being
typed. They get a line for each thing that fits: its type, the word, and what it is, between tabs. The type
is "plain", or that of click ("file", "dir") for what the shell knows better. Click's own scripts are not
used: they call `warmcall` by its name, cut words at blanks and descriptions at commas.
"""

from __future__ import annotations

import os
import re

from click.shell_completion import CompletionItem, ShellComplete, add_completion_class, split_arg_string

BASH = r"""_warmcall_completion() {
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
"""

ZSH = r"""#compdef warmcall

_warmcall_completion() {
    local program=${~words[1]} kind value about
    local -a plain described
    while IFS=$'\t' read -r kind value about; do
        case $kind in
            plain)
                if [[ -n $about ]]; then described+=("${value//:/\\:}:$about"); else plain+=("$value"); fi ;;
            dir) _path_files -/ ;;
            file) _files ;;
        esac
    done < <(
        _WARMCALL_COMPLETE=words_complete COMP_TYPED="${words[CURRENT]}" \
            COMP_WORDS="${(F)words[1,CURRENT-1]}" $program 2>/dev/null
    )
    (( $#described )) && _describe -V unsorted described -U
    (( $#plain )) && compadd -U -V unsorted -a plain
}

if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    _warmcall_completion "$@"
else
    compdef _warmcall_completion warmcall
fi
"""

FISH = r"""function __warmcall_completion
    set -l before (commandline -opc)
    set -l typed (commandline -ct)
    set -l program (string replace -r '^~' $HOME -- $before[1])
    set -lx _WARMCALL_COMPLETE words_complete
    set -lx COMP_WORDS (string join \x1f -- (string escape -- $before))
    set -lx COMP_TYPED $typed
    for line in ($program 2>/dev/null)
        set -l parts (string split -m 2 \t -- $line)
        switch $parts[1]
            case plain
                printf '%s\t%s\n' $parts[2] "$parts[3]"
            case dir
                __fish_complete_directories $typed
            case file
                __fish_complete_path $typed
        end
    end
end

complete --keep-order --no-files --command warmcall --arguments '(__warmcall_completion)'
"""

SCRIPTS = {"bash": BASH, "zsh": ZSH, "fish": FISH}
"""What each shell reads at its start."""

_BREAKS = re.compile("[\n\x1f]")


class _WordsComplete(ShellComplete):
    """Answers the scripts: "words_complete" in `COMPLETING`."""

    name = "words"

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the words before the cursor without the command, and the one being typed, unquoted."""
        typed = _unquoted(os.environ.get("COMP_TYPED", ""))
        words = [_unquoted(word) for word in _BREAKS.split(os.environ.get("COMP_WORDS", ""))][1:]
        for at in range(len(words) - 1, 0, -1):
            if words[at] == "=" and words[at - 1].startswith("--"):  # bash has --kind=x in three words
                del words[at]
        if typed == "=" and words and words[-1].startswith("--"):
            typed = ""
        return words, typed

    def complete(self) -> str:
        """Return what fits; nothing if that cannot be found out, as nobody reads an error here."""
        try:
            return super().complete()
        except (Exception, SystemExit):
            return ""

    def format_completion(self, item: CompletionItem[str]) -> str:
        """Return the line of what fits; an empty one for a word that no line can hold."""
        about = " ".join((item.help or "").split())
        return f"{item.type}\t{item.value}\t{about}" if item.value.isprintable() else ""


def register() -> None:
    """Have click answer the scripts."""
    add_completion_class(_WordsComplete)


def _unquoted(word: str) -> str:
    return "".join(split_arg_string(word)[:1])
