package org.retinaspark.io.reading;

/**
 * What an archive ends with. Parsers take the end of the bytes between two members for the end of
 * the archive; only this tells an archive that was cut off there.
 */
enum ArchiveEnd {
  /** A record of zeros, behind members of whole records (POSIX pax, "End-of-archive indicator"). */
  TAR(512) {
    @Override
    boolean isIn(byte[] tail) {
      int zeros = 0;
      for (byte value : tail) {
        zeros += value == 0 ? 1 : 0;
      }
      return zeros == room();
    }

    @Override
    long after(long start, long length) {
      return start + (length + room() - 1) / room() * room();
    }
  },
  /** {@code PK 5 6}, 18 more bytes and a comment of up to 65,535 (APPNOTE 4.3.16). */
  ZIP(22 + 65_535) {
    @Override
    boolean isIn(byte[] tail) {
      for (int index = tail.length - 22; index >= 0; index--) {
        if (tail[index] == 'P'
            && tail[index + 1] == 'K'
            && tail[index + 2] == 5
            && tail[index + 3] == 6) {
          return true;
        }
      }
      return false;
    }

    @Override
    long after(long start, long length) {
      return 0; // its parser reads ahead
    }
  };

  private final int room;

  ArchiveEnd(int room) {
    this.room = room;
  }

  /** Bytes of the end, at most. */
  int room() {
    return room;
  }

  /** Whether the last bytes of an archive, those behind its last member, hold it. */
  abstract boolean isIn(byte[] tail);

  /** Where a member ends whose content starts at a place; 0 if that can't be known. */
  abstract long after(long start, long length);
}
