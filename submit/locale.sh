# shellcheck shell=bash
# Sourced by the scripts that start Java or Spark.

# The character set of the locale in the environment.
character_set() {
  local named=${LC_ALL:-${LC_CTYPE:-${LANG:-C}}}
  if command -v locale >/dev/null; then
    locale charmap 2>/dev/null || true
  elif [[ $named == *.* ]]; then
    printf '%s\n' "${named#*.}"
  else
    echo ASCII
  fi
}

# Java reads arguments and file names in the locale's characters. A container or a cron job often has no locale, so
# those are ASCII, in which 'données.csv' cannot be written. For all that is started from here, a locale with UTF-8
# takes the place of such a one; any other stays as it is.
use_utf8() {
  local name
  case $(character_set) in '' | 646 | ANSI_X3.4-1968 | *ASCII*) ;; *) return 0 ;; esac
  for name in C.UTF-8 en_US.UTF-8 $({ locale -a | grep -iE -m 1 'utf-?8$'; } 2>/dev/null); do
    if [[ $({ export LC_ALL=$name && character_set; } 2>/dev/null) == UTF-8 ]]; then
      export LC_ALL=$name
      return 0
    fi
  done
}
