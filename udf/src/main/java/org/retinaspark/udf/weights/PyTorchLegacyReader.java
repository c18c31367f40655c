package org.retinaspark.udf.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.retinaspark.udf.graph.Printable;
import org.retinaspark.udf.weights.TensorUnpickler.Unpickled;

/**
 * Reads what {@code torch.save} wrote before 1.6 ({@code torch/serialization.py}, {@code
 * _legacy_save}): five pickles, which are a magic number, the version 1001, what machine it was,
 * the object, and the keys of the storages in order; then each storage, its number of elements in
 * eight bytes before it. On any machine the least byte comes first ({@code
 * THPStorage_writeFileRaw}).
 */
final class PyTorchLegacyReader {

  /** Protocol 2, then 0x1950a86a20f9469cfc6c as a number of ten bytes, and the pickle's end. */
  private static final byte[] MAGIC = HexFormat.of().parseHex("80028a0a6cfc9c46f9206aa850192e");

  private static final int VERSION = 1001;

  private final ByteBuffer content;
  private final String file;

  PyTorchLegacyReader(byte[] content, String file) {
    this.content = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    this.file = file;
  }

  /** Whether a file begins as this format does. */
  static boolean takes(byte[] content) {
    return content.length >= MAGIC.length
        && Arrays.equals(content, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  Map<String, StoredTensor> read() {
    Unpickled version = unpickle(MAGIC.length);
    if (!version.root().equals(VERSION)) {
      throw new WeightFileException(file, "its version is not %d".formatted(VERSION));
    }
    Unpickled machine = unpickle(version.end());
    TensorUnpickler unpickler = new TensorUnpickler(file);
    Unpickled object = unpickler.unpickle(content.array(), machine.end());
    Unpickled keys = unpickle(object.end());
    if (!(keys.root() instanceof List<?> order)) {
      throw new WeightFileException(file, "it has no list of storages");
    }
    Map<String, ByteBuffer> storages = storages(order, unpickler.storages(), keys.end());
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    StateDict.of(object.root(), file)
        .tensors()
        .forEach((name, tensor) -> tensors.put(name, stored(name, tensor, storages)));
    return tensors;
  }

  private Unpickled unpickle(int from) {
    return new TensorUnpickler(file).unpickle(content.array(), from);
  }

  private Map<String, ByteBuffer> storages(
      List<?> keys, Map<String, StorageReference> described, int from) {
    Map<String, ByteBuffer> storages = new HashMap<>();
    int at = from;
    for (Object key : keys) {
      StorageReference storage = key instanceof String name ? described.get(name) : null;
      if (storage == null) {
        throw new WeightFileException(file, "it has a storage that no tensor is in");
      }
      if (content.limit() - at < Long.BYTES) {
        throw cut(storage, at);
      }
      long elements = content.getLong(at);
      at += Long.BYTES;
      if (elements != storage.elements()) {
        throw new WeightFileException(
            file,
            "storage '%s' has %d elements, but the pickle says %d"
                .formatted(Printable.text(storage.key()), elements, storage.elements()));
      }
      if (storage.bytes() > content.limit() - at) {
        throw cut(storage, at);
      }
      int bytes = (int) storage.bytes();
      storages.put(storage.key(), content.slice(at, bytes).order(ByteOrder.LITTLE_ENDIAN));
      at += bytes;
    }
    return storages;
  }

  private WeightFileException cut(StorageReference storage, int at) {
    return new WeightFileException(
        file,
        "it is cut: storage '%s' has %d bytes from byte %d on, and the file ends at %d"
            .formatted(Printable.text(storage.key()), storage.bytes(), at, content.limit()));
  }

  private StoredTensor stored(String name, PickledTensor tensor, Map<String, ByteBuffer> storages) {
    ByteBuffer storage = storages.get(tensor.storage().key());
    if (storage == null) {
      throw WeightFileException.ofTensor(file, name, "has a storage that isn't in the file");
    }
    return StoredTensor.of(
        file, name, tensor.storage().type(), tensor.view(), storage.limit(), () -> storage);
  }
}
