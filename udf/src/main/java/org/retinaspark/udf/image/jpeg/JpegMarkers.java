package org.retinaspark.udf.image.jpeg;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.retinaspark.udf.image.DecodeException;
import org.retinaspark.udf.image.jpeg.JpegStructure.Colour;
import org.retinaspark.udf.image.jpeg.JpegStructure.Sampling;
import org.retinaspark.udf.image.jpeg.JpegStructure.Segment;

/**
 * One walk over the markers of a JPEG file (ITU-T T.81, annex B), reading them as libjpeg's {@code
 * jdmarker.c} does, so that what is said here of size and colour is what both decoders will do.
 */
final class JpegMarkers {

  private static final int SOF0 = 0xC0;
  private static final int SOF1 = 0xC1;
  private static final int SOF2 = 0xC2;
  static final int DHT = 0xC4;
  private static final int JPG = 0xC8;
  private static final int SOF9 = 0xC9;
  private static final int SOF10 = 0xCA;
  private static final int DAC = 0xCC;
  private static final int SOF15 = 0xCF;
  private static final int RST0 = 0xD0;
  private static final int RST7 = 0xD7;
  private static final int SOI = 0xD8;
  private static final int EOI = 0xD9;
  private static final int SOS = 0xDA;
  private static final int APP0 = 0xE0;
  private static final int APP14 = 0xEE;
  private static final int APP15 = 0xEF;
  private static final int COM = 0xFE;
  private static final int TEM = 0x01;

  /** The limit of libjpeg-turbo's {@code TJFLAG_LIMITSCANS}. */
  private static final int MAX_SCANS = 500;

  /** More than any tool writes; those have about ten. */
  private static final int USUAL_SCANS = 32;

  /**
   * Each scan costs a pass over all blocks of the image however short it is: what is decoded of a
   * file of a few kilobytes stays within seconds.
   */
  private static final long MAX_SCANNED_PIXELS = 1_000_000_000L;

  /** Photos have dozens; extended XMP of many megabytes has hundreds. */
  private static final int MAX_HEADER_SEGMENTS = 5000;

  private static final int SAMPLE_BITS = 8;
  private static final byte[] JFIF = {'J', 'F', 'I', 'F', 0};
  private static final byte[] ADOBE = {'A', 'd', 'o', 'b', 'e'};
  private static final int JFIF_LENGTH = 14;
  private static final int JFIF_MAJOR_VERSION = 5;
  private static final byte KNOWN_MAJOR_VERSION = 1;
  private static final int ADOBE_LENGTH = 12;
  private static final int ADOBE_TRANSFORM = 11;
  private static final int NO_ADOBE = -1;

  private byte[] content;
  private final List<Segment> metadata = new ArrayList<>();
  private int position = 2;
  private int width;
  private int height;
  private int[] componentIds = {};
  private final List<Sampling> sampling = new ArrayList<>();
  private boolean jfif;
  private int adobeTransform = NO_ADOBE;
  private int adobeAt;
  private int process;
  private int firstScan;
  private final HuffmanTables huffmanTables = new HuffmanTables();

  JpegMarkers(byte[] content) {
    this.content = content;
  }

  JpegStructure read() throws DecodeException {
    readHeader();
    Colour colour = colour();
    boolean complete = readScans();
    return new JpegStructure(completed(), width, height, colour, sampling, complete, metadata);
  }

  /** Up to the first start-of-scan marker, where {@link #position} is left. */
  private void readHeader() throws DecodeException {
    for (int segments = 0; ; segments++) {
      int marker = nextMarker();
      if (marker == SOS) {
        break;
      }
      if (segments == MAX_HEADER_SEGMENTS) {
        throw DecodeException.corrupt(
            "the JPEG has more than %d segments before its first scan, which no camera or tool writes: it is not decoded"
                .formatted(MAX_HEADER_SEGMENTS));
      }
      if (marker == EOI || marker == SOI) {
        throw DecodeException.corrupt(
            "the JPEG has marker 0x%X before its first scan: there is no image to decode"
                .formatted(marker));
      }
      if (marker == TEM || isRestart(marker)) {
        continue;
      }
      int start = position - 2;
      int end = segmentEnd();
      if (end > content.length) {
        throw endsEarly();
      }
      if (isFrame(marker)) {
        readFrame(marker, start + Segment.HEADER, end);
      } else if (marker == DHT) {
        huffmanTables.define(content, start + Segment.HEADER, end);
      } else if ((marker >= APP0 && marker <= APP15) || marker == COM) {
        readMetadata(new Segment(marker, start, end));
      }
      position = end;
    }
    firstScan = position - 2;
    if (width == 0) {
      throw DecodeException.corrupt("the JPEG has a scan before its size: it can't be decoded");
    }
  }

  private int nextMarker() throws DecodeException {
    while (position + 1 < content.length) {
      int value = Byte.toUnsignedInt(content[position + 1]);
      if (content[position] == (byte) 0xFF && value != 0 && value != 0xFF) {
        position += 2;
        return value;
      }
      position++;
    }
    throw endsEarly();
  }

  private DecodeException endsEarly() {
    return DecodeException.corrupt(
        "the JPEG ends after %d bytes, before its first scan: there are no pixels to decode"
            .formatted(content.length));
  }

  private int segmentEnd() {
    return position + 1 < content.length
        ? position + Math.max(2, unsignedShort(position))
        : content.length + 1;
  }

  private void readFrame(int marker, int payload, int end) throws DecodeException {
    if (marker > SOF2 && marker != SOF9 && marker != SOF10) {
      throw DecodeException.unsupported(
          "the JPEG is lossless or hierarchical (marker 0x%X): it is not decoded; convert it"
              .formatted(marker));
    }
    if (end < payload + 6 || width != 0) {
      throw DecodeException.corrupt("the JPEG's frame header is broken: it can't be decoded");
    }
    process = marker;
    int bits = content[payload];
    if (bits != SAMPLE_BITS) {
      throw DecodeException.unsupported(
          "the JPEG has %d bits a sample; only 8 are decoded; convert it".formatted(bits));
    }
    height = unsignedShort(payload + 1);
    width = unsignedShort(payload + 3);
    if (width == 0 || height == 0) {
      throw DecodeException.corrupt(
          "the JPEG's header says %dx%d pixels: there is nothing to decode"
              .formatted(width, height));
    }
    componentIds = new int[Byte.toUnsignedInt(content[payload + 5])];
    if (end != payload + 6 + 3 * componentIds.length) {
      throw DecodeException.corrupt("the JPEG's frame header is broken: it can't be decoded");
    }
    for (int i = 0; i < componentIds.length; i++) {
      int component = payload + 6 + 3 * i;
      componentIds[i] = Byte.toUnsignedInt(content[component]);
      int factors = Byte.toUnsignedInt(content[component + 1]);
      sampling.add(new Sampling(factors >> 4, factors & 0xF));
    }
  }

  private void readMetadata(Segment segment) {
    metadata.add(segment);
    int length = segment.end() - segment.payload();
    if (segment.marker() == APP0 && length >= JFIF_LENGTH && startsWith(segment, JFIF)) {
      jfif = true;
      replace(segment.payload() + JFIF_MAJOR_VERSION, KNOWN_MAJOR_VERSION);
    } else if (segment.marker() == APP14 && length >= ADOBE_LENGTH && startsWith(segment, ADOBE)) {
      adobeAt = segment.payload() + ADOBE_TRANSFORM;
      adobeTransform = Byte.toUnsignedInt(content[adobeAt]);
    }
  }

  /**
   * Numbers that libjpeg doesn't know change no pixel, but it warns of them, and it keeps only the
   * first warning of a file: of damage that comes later nothing would be heard.
   */
  private void replace(int offset, byte known) {
    if (content[offset] != known) {
      content = content.clone();
      content[offset] = known;
    }
  }

  /** The file with what the engines would have to guess. */
  private byte[] completed() {
    if (adobeTransform > 0) {
      replace(adobeAt, (byte) (componentIds.length == Colour.YCCK.components() ? 2 : 1));
    }
    byte[] tables = process <= SOF1 ? huffmanTables.standardForMissing() : new byte[0];
    if (tables.length == 0) {
      return content;
    }
    return ByteBuffer.allocate(content.length + tables.length)
        .put(content, 0, firstScan)
        .put(tables)
        .put(content, firstScan, content.length - firstScan)
        .array();
  }

  private boolean startsWith(Segment segment, byte[] name) {
    int start = segment.payload();
    return Arrays.equals(content, start, start + name.length, name, 0, name.length);
  }

  /** The rule of libjpeg's {@code default_decompress_parms} ({@code jdapimin.c}). */
  private Colour colour() throws DecodeException {
    return switch (componentIds.length) {
      case 1 -> Colour.GREY;
      case 3 -> {
        if (jfif) {
          yield Colour.YCC;
        }
        if (adobeTransform != NO_ADOBE) {
          yield adobeTransform == 0 ? Colour.RGB : Colour.YCC;
        }
        boolean rgb = componentIds[0] == 'R' && componentIds[1] == 'G' && componentIds[2] == 'B';
        yield rgb ? Colour.RGB : Colour.YCC;
      }
      case 4 -> adobeTransform > 0 ? Colour.YCCK : Colour.CMYK;
      default ->
          throw DecodeException.unsupported(
              "the JPEG has %d components; 1, 3 and 4 are decoded; convert it"
                  .formatted(componentIds.length));
    };
  }

  /**
   * From the first scan to the end-of-image marker; whether there is one. What follows it is not
   * looked at: of files joined to one, the first counts.
   */
  private boolean readScans() throws DecodeException {
    long most =
        Math.max(USUAL_SCANS, Math.min(MAX_SCANS, MAX_SCANNED_PIXELS / ((long) width * height)));
    int scans = 0;
    position = firstScan;
    while (position + 1 < content.length) {
      int marker = Byte.toUnsignedInt(content[position + 1]);
      if (content[position] != (byte) 0xFF || marker < SOF0 || marker == 0xFF) {
        position++;
        continue;
      }
      position += 2;
      if (marker == EOI) {
        return true;
      }
      if (isRestart(marker) || marker == SOI) {
        continue;
      }
      position = segmentEnd();
      if (marker == SOS && ++scans > most) {
        throw DecodeException.corrupt(
            "the JPEG of %dx%d has more than %d scans, which no camera or tool writes: it is not decoded"
                .formatted(width, height, most));
      }
      if (scans == 1 && marker == SOS && position >= content.length) {
        throw endsEarly();
      }
    }
    return false;
  }

  private static boolean isFrame(int marker) {
    return marker >= SOF0 && marker <= SOF15 && marker != DHT && marker != JPG && marker != DAC;
  }

  private static boolean isRestart(int marker) {
    return marker >= RST0 && marker <= RST7;
  }

  private int unsignedShort(int offset) {
    return (Byte.toUnsignedInt(content[offset]) << 8) | Byte.toUnsignedInt(content[offset + 1]);
  }
}
