package org.retinaspark.udf.pipeline;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.retinaspark.udf.runtime.InputKind;

/**
 * One input for a network.
 *
 * @param kind to which tensors of the model it speaks, and its shape
 * @param fill writes it, from index 0 of a buffer in native byte order on
 * @param reader makes of the raw outputs what the station needs, on the thread that ran the network
 */
public record NetworkInput<T>(
    InputKind kind, Consumer<ByteBuffer> fill, Function<List<FloatBuffer>, T> reader) {}
