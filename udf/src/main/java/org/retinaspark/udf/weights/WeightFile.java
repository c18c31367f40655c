package org.retinaspark.udf.weights;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A file of weights: named tensors, whatever the format. What a tensor holds is read when it is
 * asked for; until then nothing but names, shapes and places is kept, all of them checked, so that
 * a small file can't make a large one of memory.
 *
 * @param name the name of the file
 * @param format what it is, for people
 * @param tensors by name, in the file's order
 */
public record WeightFile(String name, String format, Map<String, StoredTensor> tensors) {

  /** Keeps an unmodifiable map in the same order. */
  public WeightFile {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
  }

  /**
   * Reads a file; its format is told by its content.
   *
   * @param content the file; shared, not copied, and not to be changed while its tensors are in use
   * @param name the name of the file, for messages
   * @throws WeightFileException if it is of no known format, damaged, or holds anything but tensors
   */
  public static WeightFile read(byte[] content, String name) {
    if (PyTorchLegacyReader.takes(content)) {
      return new WeightFile(name, "PyTorch, legacy", new PyTorchLegacyReader(content, name).read());
    }
    if (WeightZip.takes(content)) {
      WeightZip zip = WeightZip.of(content, name);
      return PyTorchZipReader.takes(zip)
          ? new WeightFile(name, "PyTorch, zip", new PyTorchZipReader(zip, name).read())
          : new WeightFile(name, "npz", new NpzReader(zip, name).read());
    }
    if (SafetensorsReader.takes(content)) {
      return new WeightFile(name, "safetensors", new SafetensorsReader(content, name).read());
    }
    throw new WeightFileException(
        name,
        "it is neither a PyTorch file (torch.save of a state dict), nor safetensors, nor npz"
            + (content.length == 0 ? ": it is empty" : " (an ONNX file is for 'model import')"));
  }
}
