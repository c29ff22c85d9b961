# Sourced by bin/serve and bin/test: sets $python to a Python that can carry the house,
# or says in one line what is missing and ends with 1. ($0 is the command that was typed.)
too_old=
for candidate in python3.14 python3.13 python3.12 python3.11 python3; do
    version=$("$candidate" -c '
import sys
print("%d.%d" % sys.version_info[:2])
if sys.version_info >= (3, 11):
    import ensurepip, venv
' 2>/dev/null)
    case $? in
    0)
        case $version in
        2.* | 3.[0-9] | 3.10) too_old="$candidate is Python $version" ;;
        3.*)
            python=$candidate
            break
            ;;
        esac
        ;;
    *)
        # It printed its version, and then found no venv: Debian packs that apart.
        case $version in
        3.*) too_old="$candidate is Python $version without its venv module (on Debian: apt install python3-venv)" ;;
        esac
        ;;
    esac
done
if [ -z "${python:-}" ]; then
    echo "bin/${0##*/}: Mink'a needs Python 3.11 or newer with venv; ${too_old:-no python3 was found on this machine}." >&2
    exit 1
fi
