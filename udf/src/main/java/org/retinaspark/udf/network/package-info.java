/**
 * The network of the paper (Deng et al., "RetinaFace: Single-Shot Multi-Level Face Localisation in
 * the Wild", CVPR 2020, figure 2) and of its descendants, described and written as ONNX. One class
 * writes each part: backbone, feature pyramid, context module, heads.
 */
package org.retinaspark.udf.network;
