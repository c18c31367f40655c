package org.retinaspark.job.doctor;

import java.util.List;
import java.util.Optional;
import org.retinaspark.udf.model.RecognitionOptions;
import org.retinaspark.udf.runtime.Provider;

/**
 * What is looked at beside machine and cluster.
 *
 * @param model name or location of a detector
 * @param recognition what the user says of it
 * @param provider where networks are to run
 * @param device index of the GPU, where Spark assigns none
 * @param inputs locations to list and read
 * @param output a location to write to
 */
public record DoctorConfig(
    String model,
    RecognitionOptions recognition,
    Provider provider,
    int device,
    List<String> inputs,
    Optional<String> output) {

  /** Keeps an unmodifiable list. */
  public DoctorConfig {
    inputs = List.copyOf(inputs);
  }
}
