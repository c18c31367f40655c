package org.retinaspark.udf.weights;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes pickles, instruction by instruction, and files around them, as an attacker would. */
final class PickleBytes {

  private static final HexFormat HEX = HexFormat.of();

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** A pickle of protocol 2. */
  PickleBytes() {
    hex("8002");
  }

  PickleBytes hex(String bytes) {
    out.writeBytes(HEX.parseHex(bytes.replace(" ", "")));
    return this;
  }

  PickleBytes repeat(String bytes, int times) {
    byte[] each = HEX.parseHex(bytes.replace(" ", ""));
    for (int time = 0; time < times; time++) {
      out.writeBytes(each);
    }
    return this;
  }

  PickleBytes global(String module, String name) {
    out.writeBytes(("c" + module + "\n" + name + "\n").getBytes(UTF_8));
    return this;
  }

  PickleBytes text(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    out.writeBytes(little(5).put((byte) 'X').putInt(bytes.length).array());
    out.writeBytes(bytes);
    return this;
  }

  PickleBytes number(long number) {
    out.writeBytes(little(10).put((byte) 0x8a).put((byte) 8).putLong(number).array());
    return this;
  }

  PickleBytes tuple(long... numbers) {
    hex("28");
    for (long number : numbers) {
      number(number);
    }
    return hex("74");
  }

  /** A storage of floats, by reference. */
  PickleBytes storage(String key, long elements) {
    return hex("28")
        .text("storage")
        .global("torch", "FloatStorage")
        .text(key)
        .text("cpu")
        .number(elements)
        .hex("74 51");
  }

  /** A tensor of shape, strides and offset in the storage "0" of so many floats. */
  PickleBytes tensor(long stored, long[] shape, long[] strides, long offset) {
    return global("torch._utils", "_rebuild_tensor_v2")
        .hex("28")
        .storage("0", stored)
        .number(offset)
        .tuple(shape)
        .tuple(strides)
        .hex("89 4e 74 52");
  }

  byte[] stop() {
    return hex("2e").out.toByteArray();
  }

  /** The file of before 1.6, of an object and one storage "0" of so many floats. */
  static byte[] legacy(byte[] object, int floats) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(HEX.parseHex("80028a0a6cfc9c46f9206aa850192e" + "80024de9032e" + "80027d2e"));
    file.writeBytes(object);
    file.writeBytes(new PickleBytes().hex("5d").text("0").hex("61").stop());
    file.writeBytes(little(8).putLong(floats).array());
    file.writeBytes(new byte[4 * floats]);
    return file.toByteArray();
  }

  /** The zip file of an object and one storage "0" of so many floats. */
  static byte[] zip(byte[] object, int floats) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(file)) {
      zip.putNextEntry(new ZipEntry("archive/data.pkl"));
      zip.write(object);
      zip.putNextEntry(stored("archive/data/0", floats));
      zip.write(new byte[4 * floats]);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return file.toByteArray();
  }

  private static ZipEntry stored(String name, int floats) {
    CRC32 checksum = new CRC32();
    checksum.update(new byte[4 * floats]);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(4L * floats);
    entry.setCrc(checksum.getValue());
    return entry;
  }

  private static ByteBuffer little(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }
}
