/**
 * What image decoding gives: pixels, their memory, why there are none; and what the readers of all
 * formats share. {@code jpeg} reads JPEG, {@code decode} the other formats and chooses among all.
 *
 * <p>The reference for every choice is OpenCV's {@code imread(IMREAD_COLOR)}, because face models
 * are trained and measured with it: alpha is dropped and not blended, 16 bits are cut to 8, colour
 * profiles and gamma are ignored, grey is replicated. These packages know JNA, ImageIO and
 * metadata-extractor; nothing of Spark, Hadoop or ONNX Runtime.
 */
@NullMarked
package org.retinaspark.udf.image;

import org.jspecify.annotations.NullMarked;
