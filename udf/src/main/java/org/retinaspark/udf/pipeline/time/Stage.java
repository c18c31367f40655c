package org.retinaspark.udf.pipeline.time;

/**
 * Where the time of a task goes. The first four follow each other on the task's own thread and add
 * up to its time; the others run beside them, on threads that read and decode ahead or on the
 * batcher's.
 */
public enum Stage {
  /** The task waits for a decoded image, or for the next network input of the one it has. */
  DECODE_WAIT("decodeWait"),
  /** The task runs the network, or waits for the batch that has its input. */
  NETWORK("network"),
  /** Outputs become faces, faces the inputs of further networks, and all of them a row. */
  POST("post"),
  /** Spark takes the row: encoding, Parquet, storage. */
  WRITE("write"),
  /** Reading files; several at once. */
  READ("read"),
  /** The decoder waits for a file. */
  READ_WAIT("readWait"),
  /** Files become pixels. */
  DECODE("decode"),
  /** The decoder is ahead, and waits for room in the memory for network inputs. */
  ROOM_WAIT("roomWait"),
  /** Pixels become network input. */
  FILL("fill"),
  /** Inputs wait for their batch. */
  QUEUE("queue"),
  /** An input's share of the runs of the network. */
  INFER("infer");

  private final String label;

  Stage(String label) {
    this.label = label;
  }

  /** The stage's name in {@code _run.json} and in metrics. */
  public String label() {
    return label;
  }
}
