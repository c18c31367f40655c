#!/bin/sh
# Makes sparse-gnu.tar and sparse-posix.tar of TarArchiveTest with GNU tar: sh make_sparse.sh
#
# holes.jpg: the word "part" and its number at each multiple of 65,536 up to the seventh, zeros between.
set -e
for part in 0 1 2 3 4 5 6 7; do
  printf 'part%d' $part | dd of=holes.jpg bs=65536 seek=$part conv=notrunc status=none
done
printf 'behind' > z.jpg
for format in gnu posix; do
  tar --sparse --format=$format --owner=0 --group=0 --mtime=@0 -cf sparse-$format.tar holes.jpg z.jpg
done
rm holes.jpg z.jpg
