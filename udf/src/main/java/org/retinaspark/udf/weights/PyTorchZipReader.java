package org.retinaspark.udf.weights;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads what {@code torch.save} writes since 1.6: a zip archive of one folder with a pickle, {@code
 * data.pkl}, that describes the tensors, and a file for each storage, {@code data/KEY}, in the byte
 * order that {@code byteorder} names ({@code torch/serialization.py}, {@code _save}).
 */
final class PyTorchZipReader {

  private static final String PICKLE = "/data.pkl";

  private static final int LONGEST_PICKLE = 64 << 20;
  private static final int LONGEST_WORD = 16;

  private final WeightZip zip;
  private final String file;

  PyTorchZipReader(WeightZip zip, String file) {
    this.zip = zip;
    this.file = file;
  }

  /** Whether an archive holds such a pickle. */
  static boolean takes(WeightZip zip) {
    return !pickles(zip).isEmpty();
  }

  private static List<WeightZip.Member> pickles(WeightZip zip) {
    return zip.members().values().stream()
        .filter(member -> member.name().endsWith(PICKLE))
        .filter(member -> member.name().indexOf('/') == member.name().length() - PICKLE.length())
        .toList();
  }

  Map<String, StoredTensor> read() {
    List<WeightZip.Member> pickles = pickles(zip);
    WeightZip.Member pickle = pickles.get(0);
    if (pickles.size() > 1) {
      throw zip.fault(pickle, "is one of several");
    }
    String folder = pickle.name().substring(0, pickle.name().length() - PICKLE.length());
    if (zip.member(folder + "/constants.pkl") != null) {
      throw new WeightFileException(
          file,
          "it is a program (TorchScript), not weights. Save them alone:"
              + " torch.save(model.state_dict(), FILE)");
    }
    if (pickle.size() > LONGEST_PICKLE) {
      throw zip.fault(
          pickle, "has %d bytes of at most %d".formatted(pickle.size(), LONGEST_PICKLE));
    }
    ByteOrder order = order(folder);
    byte[] bytes = new byte[(int) pickle.size()];
    zip.bytes(pickle).get(bytes);
    Object root = new TensorUnpickler(file).unpickle(bytes, 0).root();
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    StateDict.of(root, file)
        .tensors()
        .forEach((name, tensor) -> tensors.put(name, stored(name, tensor, folder, order)));
    return tensors;
  }

  /** Files of before 2.1 don't say it, and are of machines that put the least byte first. */
  private ByteOrder order(String folder) {
    WeightZip.Member member = zip.member(folder + "/byteorder");
    if (member == null) {
      return ByteOrder.LITTLE_ENDIAN;
    }
    return switch (new String(zip.start(member, LONGEST_WORD), ISO_8859_1).strip()) {
      case "little" -> ByteOrder.LITTLE_ENDIAN;
      case "big" -> ByteOrder.BIG_ENDIAN;
      default -> throw zip.fault(member, "is neither 'little' nor 'big'");
    };
  }

  private StoredTensor stored(String name, PickledTensor tensor, String folder, ByteOrder order) {
    StorageReference storage = tensor.storage();
    WeightZip.Member member = zip.member(folder + "/data/" + storage.key());
    if (member == null) {
      throw WeightFileException.ofTensor(file, name, "has no storage: data/KEY is missing");
    }
    if (member.isPacked()) {
      throw zip.fault(member, "is packed, which torch.save never does");
    }
    if (member.size() != storage.bytes()) {
      throw WeightFileException.ofTensor(
          file,
          name,
          "has a storage of %d bytes, but the pickle says %d elements of %s"
              .formatted(member.size(), storage.elements(), storage.type()));
    }
    return StoredTensor.of(
        file,
        name,
        storage.type(),
        tensor.view(),
        member.size(),
        () -> ordered(zip.bytes(member), order));
  }

  private static ByteBuffer ordered(ByteBuffer bytes, ByteOrder order) {
    return bytes.order(order);
  }
}
