package org.retinaspark.job.doctor;

import java.util.List;
import org.retinaspark.io.RootCause;
import org.retinaspark.udf.runtime.Engine;

/** Whether the native code of ONNX Runtime can be loaded. */
record RuntimeCheck() implements Check {

  @Override
  public String subject() {
    return "ONNX Runtime";
  }

  @Override
  public List<Finding> look() {
    try {
      return List.of(Finding.ok(subject(), "%s is loaded".formatted(Engine.runtimeVersion())));
    } catch (IllegalStateException | LinkageError failure) {
      return List.of(
          Finding.problem(
              subject(),
              "its native code can't be loaded (%s)".formatted(RootCause.text(failure)),
              "no network can run",
              "it unpacks itself into java.io.tmpdir, which must have room and not be mounted"
                  + " noexec (another by -Djava.io.tmpdir=DIR), and needs glibc and libstdc++"
                  + " (Alpine Linux has neither)"));
    }
  }
}
