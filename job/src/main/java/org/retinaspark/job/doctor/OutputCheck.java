package org.retinaspark.job.doctor;

import java.util.List;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.retinaspark.io.Destination;
import org.retinaspark.io.FileLocation;
import org.retinaspark.io.UnusableLocationException;

/**
 * Whether an output can be written: puts a small file there and deletes it, and folders made for
 * it.
 *
 * @param location as {@code detect --output} takes it
 */
record OutputCheck(String location, Configuration hadoop) implements Check {

  @Override
  public String subject() {
    return "output";
  }

  @Override
  public List<Finding> look() {
    try {
      new Destination(location, hadoop).tryWriting(FileLocation.path(location));
      return List.of(
          Finding.ok(subject(), "%s: a file was written and deleted".formatted(location)));
    } catch (UnusableLocationException refused) {
      return List.of(
          InputCheck.refusal(
              subject(), location, Objects.requireNonNullElse(refused.getCause(), refused)));
    } catch (LinkageError missing) {
      return List.of(InputCheck.refusal(subject(), location, missing));
    }
  }
}
