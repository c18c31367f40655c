package org.retinaspark.job.publish;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.conf.Configuration;
import org.retinaspark.job.detect.MortalFileSystem;
import org.retinaspark.job.s3.Fault;
import org.retinaspark.job.s3.S3Server;

/** A store of which a process can change only so much before it dies, as seen from outside. */
interface Mortality {

  /** Gives whoever writes so many changes to live. */
  void live(long changes);

  /** Changes that are left. */
  long left();

  /** Where a table of a name lies. */
  String uri(String table);

  /** Where the store keeps it. */
  Path folder(String table);

  /** The local disk. */
  static Mortality disk(Path folder, Configuration hadoop) {
    MortalFileSystem.register(hadoop);
    return new Mortality() {
      @Override
      public void live(long changes) {
        MortalFileSystem.live(changes);
      }

      @Override
      public long left() {
        return MortalFileSystem.left();
      }

      @Override
      public String uri(String table) {
        return "mortal://" + folder(table);
      }

      @Override
      public Path folder(String table) {
        return folder.resolve(table);
      }
    };
  }

  /** A bucket that denies all that would change it after the last change. */
  static Mortality bucket(S3Server server, Path folder) {
    AtomicLong left = new AtomicLong(Long.MAX_VALUE);
    server
        .proxy()
        .begin(
            (request, attempt) ->
                request.isChange() && left.decrementAndGet() < 0 ? Fault.DENIED : Fault.NONE);
    return new Mortality() {
      @Override
      public void live(long changes) {
        left.set(changes);
      }

      @Override
      public long left() {
        return left.get();
      }

      @Override
      public String uri(String table) {
        return server.uri(table);
      }

      @Override
      public Path folder(String table) {
        return folder.resolve(table);
      }
    };
  }
}
