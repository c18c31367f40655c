package org.retinaspark.udf.weights;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import net.razorvine.pickle.IObjectConstructor;
import net.razorvine.pickle.Opcodes;
import net.razorvine.pickle.PickleException;
import net.razorvine.pickle.PickleUtils;
import net.razorvine.pickle.Unpickler;
import org.retinaspark.udf.graph.Printable;

/**
 * An unpickler that can build tensors, and nothing else. Of a pickle's instructions it follows
 * those that PyTorch's own restricted one does ({@code torch/_weights_only_unpickler.py}), less
 * those that make objects; of classes and functions it knows the storages, the two functions that
 * rebuild a tensor, and the ordered dictionary. Any other name is refused before anything is done
 * with it. Lengths are checked before memory is taken for them.
 */
final class TensorUnpickler extends Unpickler {

  /** A tensor takes some 30. */
  private static final int MOST_INSTRUCTIONS = 2_000_000;

  /** A thousand tensors take 0.2 MB. */
  private static final int MOST_BYTES = 64 << 20;

  /** Those that make numbers, text, tuples and lists, and keep them for later. */
  private static final Set<Short> HARMLESS =
      Set.of(
          Opcodes.PROTO,
          Opcodes.STOP,
          Opcodes.MARK,
          Opcodes.NONE,
          Opcodes.NEWTRUE,
          Opcodes.NEWFALSE,
          Opcodes.BININT,
          Opcodes.BININT1,
          Opcodes.BININT2,
          Opcodes.LONG1,
          Opcodes.BINFLOAT,
          Opcodes.SHORT_BINSTRING,
          Opcodes.EMPTY_TUPLE,
          Opcodes.TUPLE,
          Opcodes.TUPLE1,
          Opcodes.TUPLE2,
          Opcodes.TUPLE3,
          Opcodes.EMPTY_LIST,
          Opcodes.APPEND,
          Opcodes.BINGET,
          Opcodes.LONG_BINGET,
          Opcodes.BINPUT,
          Opcodes.LONG_BINPUT,
          Opcodes.BINPERSID,
          Opcodes.REDUCE);

  private static final Map<String, StoredType> STORAGES =
      Map.of(
          "torch.DoubleStorage", StoredType.FLOAT64,
          "torch.FloatStorage", StoredType.FLOAT32,
          "torch.HalfStorage", StoredType.FLOAT16,
          "torch.BFloat16Storage", StoredType.BFLOAT16,
          "torch.LongStorage", StoredType.INT64,
          "torch.IntStorage", StoredType.INT32,
          "torch.ShortStorage", StoredType.INT16,
          "torch.CharStorage", StoredType.INT8,
          "torch.ByteStorage", StoredType.UINT8,
          "torch.BoolStorage", StoredType.BOOL);

  private static final Map<String, IObjectConstructor> FUNCTIONS =
      Map.of(
          "torch._utils._rebuild_tensor_v2", TensorUnpickler::tensor,
          "torch._utils._rebuild_parameter", TensorUnpickler::parameter,
          "collections.OrderedDict", TensorUnpickler::dictionary);

  private final String file;
  private final Map<String, StorageReference> storages = new LinkedHashMap<>();
  private int instructions;

  TensorUnpickler(String file) {
    this.file = file;
  }

  /**
   * Follows the pickle that begins at a byte.
   *
   * @throws WeightFileException if it is cut or damaged, or asks for anything but tensors
   */
  Unpickled unpickle(byte[] content, int from) {
    ByteArrayInputStream in =
        new ByteArrayInputStream(content, from, Math.min(content.length - from, MOST_BYTES));
    int before = in.available();
    try {
      return new Unpickled(load(in), from + before - in.available());
    } catch (IOException
        | PickleException
        | ClassCastException
        | IndexOutOfBoundsException
        | IllegalArgumentException
        | NullPointerException fault) {
      throw new WeightFileException(
          file,
          "its pickle is cut, damaged or no state dict, near byte %d: %s"
              .formatted(
                  from + before - in.available(),
                  Printable.text(String.valueOf(fault.getMessage()))));
    }
  }

  /** The storages that were named, by key. */
  Map<String, StorageReference> storages() {
    return storages;
  }

  @Override
  protected Object dispatch(short instruction) throws IOException {
    if (++instructions > MOST_INSTRUCTIONS) {
      throw new WeightFileException(
          file, "its pickle has more than %d instructions".formatted(MOST_INSTRUCTIONS));
    }
    switch (instruction) {
      case Opcodes.GLOBAL ->
          stack.add(named(PickleUtils.readline(input), PickleUtils.readline(input)));
      case Opcodes.BUILD -> forgetAttributes();
      case Opcodes.EMPTY_DICT -> stack.add(new LinkedHashMap<>());
      case Opcodes.SETITEM -> {
        Object value = stack.pop();
        put(Arrays.asList(stack.pop(), value));
      }
      case Opcodes.SETITEMS -> put(stack.pop_all_since_marker());
      case Opcodes.APPENDS -> append(stack.pop_all_since_marker());
      case Opcodes.BINUNICODE -> {
        requireText();
        return super.dispatch(instruction);
      }
      default -> {
        if (!HARMLESS.contains(instruction)) {
          throw new WeightFileException(
              file,
              ("its pickle has the instruction 0x%02x, which a state dict doesn't need: refused."
                      + " Save it with torch.save(model.state_dict(), FILE)")
                  .formatted(instruction));
        }
        return super.dispatch(instruction);
      }
    }
    return NO_RETURN_VALUE;
  }

  private Object named(String module, String name) {
    String full = module + "." + name;
    Object known = STORAGES.containsKey(full) ? STORAGES.get(full) : FUNCTIONS.get(full);
    if (known == null) {
      throw new WeightFileException(
          file,
          ("it asks for '%s', which is no part of a tensor: refused, and nothing of it was run."
                  + " Save the weights alone: torch.save(model.state_dict(), FILE)")
              .formatted(Printable.text(full)));
    }
    return known;
  }

  /** PyTorch hangs the versions of its modules on the dictionary; they say nothing of weights. */
  private void forgetAttributes() {
    stack.pop();
    if (!(stack.peek() instanceof Map)) {
      throw new PickleException("attributes of what is no dictionary");
    }
  }

  private void put(List<Object> keysAndValues) {
    @SuppressWarnings("unchecked")
    Map<Object, Object> target = (Map<Object, Object>) stack.peek();
    for (int index = 0; index < keysAndValues.size(); index += 2) {
      Object key = keysAndValues.get(index);
      // A list or dictionary as key could hold itself, and would be walked for its hash.
      if (!(key instanceof String || key instanceof Number)) {
        throw new PickleException("a key that is neither text nor a number");
      }
      target.put(key, keysAndValues.get(index + 1));
    }
  }

  /** The library's own makes the list as short as it can be each time, which is a copy of it. */
  private void append(List<Object> values) {
    @SuppressWarnings("unchecked")
    List<Object> target = (List<Object>) stack.peek();
    target.addAll(values);
  }

  private void requireText() throws IOException {
    input.mark(Integer.BYTES);
    int length = PickleUtils.bytes_to_integer(PickleUtils.readbytes(input, Integer.BYTES));
    if (length < 0 || length > input.available()) {
      throw new PickleException("text that is longer than the file");
    }
    input.reset();
  }

  @Override
  protected Object persistentLoad(Object identifier) {
    Object[] parts = (Object[]) identifier;
    if (parts.length < 5 || !"storage".equals(parts[0])) {
      throw new PickleException("a reference to something that is no storage");
    }
    if (parts.length > 5 && parts[5] != null) {
      throw new PickleException("a storage that is a part of another");
    }
    if (!(parts[1] instanceof StoredType type) || !(parts[2] instanceof String key)) {
      throw new PickleException("a storage without a type or a key");
    }
    StorageReference storage = new StorageReference(type, key, number(parts[4]));
    StorageReference known = storages.putIfAbsent(storage.key(), storage);
    if (known != null && !known.equals(storage)) {
      throw new PickleException("storage '%s' described in two ways".formatted(storage.key()));
    }
    return storage;
  }

  /** Storage, offset, shape, strides; then whether it needs a gradient, hooks, metadata. */
  private static Object tensor(Object[] arguments) {
    if (!(arguments[0] instanceof StorageReference storage)) {
      throw new PickleException("a tensor without a storage");
    }
    return new PickledTensor(
        storage,
        new StridedView(numbers(arguments[2]), numbers(arguments[3]), number(arguments[1])));
  }

  /** Tensor; then whether it needs a gradient, hooks. */
  private static Object parameter(Object[] arguments) {
    return (PickledTensor) arguments[0];
  }

  private static Object dictionary(Object[] arguments) {
    if (arguments.length > 0) {
      throw new PickleException("a dictionary that is filled as Python 2 does");
    }
    return new LinkedHashMap<>();
  }

  private static List<Long> numbers(Object tuple) {
    return Arrays.stream((Object[]) tuple).map(TensorUnpickler::number).toList();
  }

  private static Long number(Object number) {
    if (number instanceof Integer || number instanceof Long) {
      long value = ((Number) number).longValue();
      if (value >= 0) {
        return value;
      }
    }
    throw new PickleException("a size, stride or offset that is no whole number from zero on");
  }

  /**
   * What a pickle gave.
   *
   * @param root the object
   * @param end the byte after the pickle
   */
  record Unpickled(Object root, int end) {

    Unpickled {
      Objects.requireNonNull(root);
    }
  }
}
