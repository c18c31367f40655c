package org.retinaspark.udf.weights;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.retinaspark.udf.graph.Printable;

/** Reads numpy's {@code .npz}: a zip archive with one {@code .npy} an array. */
final class NpzReader {

  private static final String ENDING = ".npy";

  private final WeightZip zip;
  private final String file;

  NpzReader(WeightZip zip, String file) {
    this.zip = zip;
    this.file = file;
  }

  Map<String, StoredTensor> read() {
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    for (WeightZip.Member member : zip.members().values()) {
      if (!member.name().endsWith(ENDING)) {
        throw zip.fault(
            member, "is no .npy, and there is no data.pkl: this is neither npz nor PyTorch's zip");
      }
      String name = member.name().substring(0, member.name().length() - ENDING.length());
      tensors.put(name, tensor(name, member));
    }
    if (tensors.isEmpty()) {
      throw new WeightFileException(file, "it is a zip archive without a member");
    }
    return tensors;
  }

  private StoredTensor tensor(String name, WeightZip.Member member) {
    NpyHeader header;
    StridedView view;
    try {
      header = NpyHeader.of(zip.start(member, NpyHeader.LONGEST));
      view = header.view();
    } catch (IllegalArgumentException fault) {
      throw WeightFileException.ofTensor(
          file, name, Printable.text(String.valueOf(fault.getMessage())));
    }
    long bytes = member.size() - header.length();
    if (bytes % header.type().bytes() != 0 || view.count() != bytes / header.type().bytes()) {
      throw WeightFileException.ofTensor(
          file,
          name,
          "has shape %s of %s, but %d bytes".formatted(view.shape(), header.type(), bytes));
    }
    return StoredTensor.of(file, name, header.type(), view, bytes, () -> elements(member, header));
  }

  private ByteBuffer elements(WeightZip.Member member, NpyHeader header) {
    ByteBuffer bytes = zip.bytes(member);
    return bytes.slice(header.length(), bytes.limit() - header.length()).order(header.order());
  }
}
