#!/usr/bin/env bash
# bash hook.sh FILE: exits with 0 accept, 1 reject, 2 undecided.
set -euo pipefail
{
  printf '{"content":"'
  base64 < "$1" | tr -d '\n'
  printf '"}'
} | disclosure-rules hook
