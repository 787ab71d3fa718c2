# shellcheck shell=bash
# Sourced by the scripts that retrain, after checks.sh: the instant that a run stands for. Needs the date of GNU.

# SECONDS since 1970 as an instant, such as 2026-11-01T00:00:00Z.
instant() { date -u -d "@$1" +%Y-%m-%dT%H:%M:%SZ; }

# Checks a time zone, as an unknown one would silently be UTC: ZONE.
require_zone() {
  local zones=${TZDIR:-/usr/share/zoneinfo}
  [[ $1 == UTC || (-n $1 && $1 != /* && $1 != *..* && -f $zones/$1) ]] ||
    fail "AS_OF_ZONE is '$1', which $zones does not have; it must be a name such as UTC or Europe/Berlin."
}

# The beginning of the day in a zone, in seconds since 1970: SECONDS ZONE. Where clocks skip midnight, it is one o'clock.
midnight() {
  local day
  day=$(TZ=$2 date -d "@$1" +%F)
  TZ=$2 date -d "$day 00:00" +%s 2>/dev/null || TZ=$2 date -d "$day 01:00" +%s
}

# The beginning of the hour in a zone, in seconds since 1970: SECONDS ZONE.
full_hour() {
  local minutes seconds
  read -r minutes seconds <<<"$(TZ=$2 date -d "@$1" '+%M %S')"
  echo $(($1 - 10#$minutes * 60 - 10#$seconds))
}

# What a run stands for: AS_OF ZONE NOW, where AS_OF is an instant, 'midnight' or 'hour'. Prints an instant.
as_of() {
  case $1 in
    midnight) require_zone "$2"; instant "$(midnight "$3" "$2")" ;;
    hour) require_zone "$2"; instant "$(full_hour "$3" "$2")" ;;
    *)
      [[ $1 =~ ^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z$ ]] ||
        fail "AS_OF is '$1', but must be midnight, hour, or an instant in UTC such as 2026-11-01T00:00:00Z."
      printf '%s\n' "$1"
      ;;
  esac
}

# The time for which a CronJob made a job: NAME, which ends in the minutes since 1970. Prints an instant, or nothing.
scheduled_time() {
  [[ ! $1 =~ -([0-9]{8})$ ]] || instant $((10#${BASH_REMATCH[1]} * 60))
}
