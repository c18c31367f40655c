package org.retinaspark.job.s3;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Stands between S3's client and its server, hands every byte through as it is, since the client
 * signs them, and counts requests. A connection serves one request, so that a response ends where
 * the connection does.
 */
public final class FaultyProxy implements AutoCloseable {

  private static final byte[] END_OF_HEAD = {'\r', '\n', '\r', '\n'};
  private static final Pattern CONDITIONS = Pattern.compile("(?im)^if-(none-)?match:.*\r\n");
  private static final int MAXIMUM_HEAD = 1 << 16;
  private static final long LATENESS_MILLIS = 100;

  private final ServerSocket server;
  private final int store;
  private final ExecutorService threads = Executors.newCachedThreadPool(FaultyProxy::daemon);
  private final Map<S3Request, AtomicInteger> counts = new ConcurrentHashMap<>();
  private final Map<Fault, AtomicInteger> faults = new ConcurrentHashMap<>();
  private volatile Weather weather = Weather.FAIR;

  private FaultyProxy(ServerSocket server, int store) {
    this.server = server;
    this.store = store;
  }

  static FaultyProxy start(int store) throws IOException {
    FaultyProxy proxy =
        new FaultyProxy(new ServerSocket(0, 512, InetAddress.getLoopbackAddress()), store);
    proxy.threads.execute(proxy::accept);
    return proxy;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "faulty-proxy");
    thread.setDaemon(true);
    return thread;
  }

  int port() {
    return server.getLocalPort();
  }

  /** Forgets the counts, and lets another weather begin. */
  public void begin(Weather next) {
    counts.clear();
    faults.clear();
    weather = next;
  }

  /** How many requests of a method there were for keys that a test is about. */
  public int requests(String method, Predicate<String> keys) {
    return counts.entrySet().stream()
        .filter(entry -> entry.getKey().method().equals(method))
        .filter(entry -> keys.test(entry.getKey().key()))
        .mapToInt(entry -> entry.getValue().get())
        .sum();
  }

  /** How many requests met a fault. */
  public int faults() {
    return faults.values().stream().mapToInt(AtomicInteger::get).sum();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        threads.execute(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        Socket upstream = new Socket(InetAddress.getLoopbackAddress(), store)) {
      InputStream in = new BufferedInputStream(client.getInputStream());
      byte[] head = head(in);
      List<String> lines = new String(head, ISO_8859_1).lines().toList();
      S3Request request = S3Request.of(lines.get(0));
      int attempt =
          counts.computeIfAbsent(request, ignored -> new AtomicInteger()).incrementAndGet();
      Fault fault = weather.of(request, attempt);
      if (fault != Fault.NONE) {
        faults.computeIfAbsent(fault, ignored -> new AtomicInteger()).incrementAndGet();
      }
      if (fault.isAnswer()) {
        answer(in, client.getOutputStream(), lines, fault);
      } else {
        sendHead(upstream, fault == Fault.CONDITIONS_IGNORED ? unconditional(head) : head);
        long body = bodyLength(lines);
        if (body > 0) {
          threads.execute(() -> relayBody(in, upstream, body));
        }
        respond(upstream.getInputStream(), client.getOutputStream(), fault);
      }
    } catch (IOException gone) {
      // Either side may hang up when it likes: the client notices, and that is what tests look at.
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private static byte[] head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int matched = 0;
    while (matched < END_OF_HEAD.length) {
      int next = in.read();
      if (next < 0 || head.size() > MAXIMUM_HEAD) {
        throw new EOFException("the client sent no request");
      }
      head.write(next);
      matched = next == END_OF_HEAD[matched] ? matched + 1 : next == '\r' ? 1 : 0;
    }
    return head.toByteArray();
  }

  private static byte[] unconditional(byte[] head) {
    return CONDITIONS.matcher(new String(head, ISO_8859_1)).replaceAll("").getBytes(ISO_8859_1);
  }

  private static void sendHead(Socket upstream, byte[] head) throws IOException {
    ByteArrayOutputStream closing = new ByteArrayOutputStream();
    closing.write(head, 0, head.length - 2);
    closing.writeBytes("Connection: close\r\n\r\n".getBytes(ISO_8859_1));
    closing.writeTo(upstream.getOutputStream());
  }

  private static void respond(InputStream upstream, OutputStream client, Fault fault)
      throws IOException, InterruptedException {
    if (fault == Fault.LATE) {
      TimeUnit.MILLISECONDS.sleep(LATENESS_MILLIS);
    }
    if (fault == Fault.CUT) {
      byte[] response = upstream.readAllBytes();
      client.write(response, 0, response.length / 2);
    } else {
      upstream.transferTo(client);
    }
  }

  private static void relayBody(InputStream client, Socket upstream, long length) {
    byte[] buffer = new byte[1 << 16];
    try {
      long left = length;
      while (left > 0) {
        int read = client.read(buffer, 0, (int) Math.min(left, buffer.length));
        if (read < 0) {
          upstream.close();
          return;
        }
        upstream.getOutputStream().write(buffer, 0, read);
        left -= read;
      }
    } catch (IOException gone) {
      // The other direction ends the same way, and its end is the one that counts.
    }
  }

  private static void answer(InputStream in, OutputStream out, List<String> lines, Fault fault)
      throws IOException {
    if (header(lines, "expect").isEmpty()) {
      in.skipNBytes(bodyLength(lines));
    }
    String xml =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>%s</Code><Message>injected</Message></Error>"
            .formatted(fault.code());
    boolean bodiless = lines.get(0).startsWith("HEAD ");
    String response =
        "HTTP/1.1 %s\r\nContent-Type: application/xml\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
            .formatted(fault.status(), bodiless ? 0 : xml.length(), bodiless ? "" : xml);
    out.write(response.getBytes(ISO_8859_1));
  }

  private static long bodyLength(List<String> lines) {
    String length = header(lines, "content-length");
    return length.isEmpty() ? 0 : Long.parseLong(length);
  }

  private static String header(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElse("");
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } finally {
      threads.shutdownNow();
    }
  }
}
