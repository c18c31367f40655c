/** How the pixels of an image become the numbers of a network's input tensor. */
package org.retinaspark.udf.input;
