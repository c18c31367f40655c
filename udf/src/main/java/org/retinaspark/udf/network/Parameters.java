package org.retinaspark.udf.network;

/**
 * Where a network's numbers come from. A network asks for each of its tensors exactly once, by the
 * name of its place:
 *
 * <ul>
 *   <li>{@code backbone.…}: {@link MobileNet} and {@link ResNet} say which,
 *   <li>{@code pyramid.lateral.<stride>}, {@code pyramid.merge.<stride>}, {@code
 *       pyramid.extra.<stride>},
 *   <li>{@code context<stage>.<stride>.3x3}, {@code .5x5.1}, {@code .5x5.2}, {@code .7x7.2}, {@code
 *       .7x7.3}, stages from 1,
 *   <li>{@code head<stage>.class.<stride>}, {@code .box.<stride>}, {@code .landmark.<stride>},
 *       {@code .mesh.<name>.<stride>}: {@code .weight} {@code [anchors * values, channels, 1, 1]}
 *       and {@code .bias} {@code [anchors * values]}; {@code shared} in place of the stride where
 *       all levels have the same head,
 *   <li>{@code mesh.<name>.basis} {@code [coefficients, 3 * vertices]} and {@code mesh.<name>.mean}
 *       {@code [3 * vertices]} of a mesh with a linear basis.
 * </ul>
 *
 * <p>Each place but a head is a convolution with its batch normalisation: {@code .conv.weight}
 * {@code [outputs, inputs / groups, kernel, kernel]}, {@code .norm.weight}, {@code .norm.bias},
 * {@code .norm.mean} and {@code .norm.variance}, all {@code [outputs]}. A deformable one has {@code
 * .offset.weight} {@code [2 * kernel * kernel, inputs, kernel, kernel]} and {@code .offset.bias}
 * too.
 */
public interface Parameters {

  /**
   * The values of a tensor in row-major order; the caller may keep and change them.
   *
   * @throws IllegalArgumentException if there is no such tensor, or not of that shape
   */
  float[] tensor(String name, int... shape);
}
