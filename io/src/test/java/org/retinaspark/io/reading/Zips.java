package org.retinaspark.io.reading;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32;

/**
 * Makes zips for tests, field by field (APPNOTE 4.3), so that each may lie. Members are stored, and
 * their content is text.
 */
final class Zips {

  /** A member; what its directory entry and its local header say may be other than what is true. */
  static final class Item {
    byte[] name;
    byte[] localName;
    byte[] content;
    byte[] extra = {};
    int host = 3;
    int flags;
    int method;
    int crc;
    int disk;
    int mode = 0100644;
    int signature = 0x04034b50;
    long packed;
    long size;
    long shift;
    boolean listed = true;

    private Item(byte[] name, byte[] content) {
      this.name = name;
      this.localName = name;
      this.content = content;
      CRC32 sum = new CRC32();
      sum.update(content);
      crc = (int) sum.getValue();
      packed = content.length;
      size = content.length;
    }
  }

  static Item item(String name, String content) {
    return item(name.getBytes(StandardCharsets.UTF_8), content);
  }

  static Item item(byte[] name, String content) {
    return new Item(name, content.getBytes(StandardCharsets.UTF_8));
  }

  private Zips() {}

  /** The member with a change. */
  static Item with(Item item, Consumer<Item> change) {
    change.accept(item);
    return item;
  }

  static byte[] of(Item... items) {
    return of(List.of(items), "");
  }

  static byte[] of(List<Item> items, String comment) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    List<Integer> offsets = new ArrayList<>();
    for (Item item : items) {
      offsets.add(bytes.size());
      byte[] header = new byte[30];
      ByteBuffer local = little(header);
      local.putInt(item.signature).putShort((short) 20).putShort((short) item.flags);
      local.putShort((short) item.method).putInt(0).putInt(item.crc);
      local.putInt((int) item.packed).putInt((int) item.size);
      local.putShort((short) item.localName.length).putShort((short) 0);
      bytes.writeBytes(header);
      bytes.writeBytes(item.localName);
      bytes.writeBytes(item.content);
    }
    int directory = bytes.size();
    int count = 0;
    for (int index = 0; index < items.size(); index++) {
      Item item = items.get(index);
      if (item.listed) {
        count++;
        bytes.writeBytes(entry(item, offsets.get(index) + item.shift));
      }
    }
    byte[] text = comment.getBytes(StandardCharsets.ISO_8859_1);
    byte[] last = new byte[22];
    ByteBuffer end = little(last);
    end.putInt(0x06054b50).putInt(0).putShort((short) count).putShort((short) count);
    end.putInt(bytes.size() - directory).putInt(directory).putShort((short) text.length);
    bytes.writeBytes(last);
    bytes.writeBytes(text);
    return bytes.toByteArray();
  }

  private static byte[] entry(Item item, long offset) {
    byte[] listed = new byte[46 + item.name.length + item.extra.length];
    ByteBuffer entry = little(listed);
    entry.putInt(0x02014b50).put((byte) 20).put((byte) item.host).putShort((short) 20);
    entry.putShort((short) item.flags).putShort((short) item.method).putInt(0).putInt(item.crc);
    entry.putInt((int) item.packed).putInt((int) item.size);
    entry.putShort((short) item.name.length).putShort((short) item.extra.length);
    entry.putShort((short) 0).putShort((short) item.disk).putShort((short) 0);
    entry.putInt(item.mode << 16).putInt((int) offset).put(item.name).put(item.extra);
    return listed;
  }

  static ByteBuffer little(byte[] room) {
    return ByteBuffer.wrap(room).order(ByteOrder.LITTLE_ENDIAN);
  }
}
