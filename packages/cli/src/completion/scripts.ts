export type Shell = 'bash' | 'zsh' | 'fish'

/** What a shell has to read once; it asks the command itself for the words each time. */
export const scripts: Readonly<Record<Shell, string>> = {
  bash: `# squall completion for bash: source <(squall completion bash)
# Names of packages have an @, which would end a word.
COMP_WORDBREAKS=\${COMP_WORDBREAKS//@/}
_squall() {
  local line files=0 cur=\${COMP_WORDS[COMP_CWORD]} IFS=$'\\n'
  COMPREPLY=()
  while read -r line; do
    case $line in
      :files) files=1 ;;
      *) COMPREPLY+=("\${line%%$'\\t'*}") ;;
    esac
  done < <("\${COMP_WORDS[0]}" complete-words -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
  if [[ $files == 1 ]]; then
    compopt -o filenames 2>/dev/null
    COMPREPLY+=($(compgen -f -- "$cur"))
  fi
}
complete -F _squall squall
`,
  zsh: `#compdef squall
# squall completion for zsh: source <(squall completion zsh)
_squall() {
  local line value about files=0
  local -a values
  for line in "\${(@f)$("\${words[1]}" complete-words -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    if [[ $line == :files ]]; then files=1
    elif [[ -n $line ]]; then
      value=\${\${line%%$'\\t'*}//:/\\\\:} about=\${line#*$'\\t'}
      values+=("$value\${about:+:$about}")
    fi
  done
  (( \${#values} )) && _describe squall values
  (( files )) && _files
}
compdef _squall squall
`,
  fish: `# squall completion for fish: squall completion fish | source
function __squall_words
  set -l words (commandline -opc)
  set -l current (commandline -ct)
  for line in ($words[1] complete-words -- $words[2..-1] "$current" 2>/dev/null)
    if test "$line" = ':files'
      __fish_complete_path "$current"
    else
      echo $line
    end
  end
end
complete -c squall -f -a '(__squall_words)'
`,
}
