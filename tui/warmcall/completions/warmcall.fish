function __warmcall_completion
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
