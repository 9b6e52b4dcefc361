package io.realmstream.deploy.cli.learn.corpus;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.console.Progress;
import io.realmstream.deploy.cli.console.Streams;
import io.realmstream.model.checkpoint.TowerDigest;
import io.realmstream.model.encoder.EmbeddingException;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.version.EncoderTower;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Trunk outputs of one tower, each computed once and kept in a file. The file has for each the hash
 * of its text (16 bytes), the number of elements (4 bytes), and the elements as float32. If an
 * interrupted command left a truncated file, the whole entries in it are used.
 */
public final class Trunks {
  private static final int ELEMENTS_MAX = 1 << 16;

  private final Path file;
  private final Streams streams;
  private final Map<Hash128, float[]> outputs = new HashMap<>();

  /** A text that a trunk can read. */
  interface Input {
    /** Identifies the text. */
    Hash128 hash();

    float[] embed() throws EmbeddingException;
  }

  /**
   * Opens the file of a tower; without one it begins empty.
   *
   * @param folder created if need be
   */
  Trunks(EncoderTower tower, Path folder, Streams streams) throws IOException {
    this.file = Files.createDirectories(folder).resolve(TowerDigest.ofTrunk(tower) + ".trunks");
    this.streams = streams;
    read();
  }

  /**
   * The outputs of all texts, in their order.
   *
   * @param task what the progress is called
   */
  List<float[]> of(List<? extends Input> inputs, String task)
      throws IOException, InterruptedException {
    Map<Hash128, Input> missing = new LinkedHashMap<>();
    for (Input input : inputs) {
      if (!outputs.containsKey(input.hash())) {
        missing.put(input.hash(), input);
      }
    }
    if (!missing.isEmpty()) {
      embed(missing, task);
    }
    return inputs.stream().map(input -> Objects.requireNonNull(outputs.get(input.hash()))).toList();
  }

  private void embed(Map<Hash128, Input> missing, String task)
      throws IOException, InterruptedException {
    ExecutorService threads =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try (Progress progress = Progress.on(streams, task, "texts");
        DataOutputStream out =
            new DataOutputStream(
                new BufferedOutputStream(
                    Files.newOutputStream(
                        file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)))) {
      List<Future<float[]>> runs = new ArrayList<>();
      missing.values().forEach(input -> runs.add(threads.submit(input::embed)));
      int done = 0;
      for (Hash128 hash : missing.keySet()) {
        float[] output = runs.get(done).get();
        write(hash, output, out);
        outputs.put(hash, output);
        progress.update(++done, runs.size());
      }
    } catch (ExecutionException e) {
      throw CommandFailure.failed("a text cannot be embedded: " + e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private static void write(Hash128 hash, float[] output, DataOutputStream out) throws IOException {
    ByteBuffer record =
        ByteBuffer.allocate(Hash128.BYTES + Integer.BYTES + Float.BYTES * output.length);
    record.put(hash.toBytes()).putInt(output.length).asFloatBuffer().put(output);
    out.write(record.array());
  }

  private void read() throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    long whole = 0;
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
      while (true) {
        byte[] head = new byte[Hash128.BYTES + Integer.BYTES];
        in.readFully(head);
        int elements = ByteBuffer.wrap(head).getInt(Hash128.BYTES);
        if (elements < 1 || elements > ELEMENTS_MAX) {
          throw CommandFailure.failed(file + " is no file of trunk outputs: delete it");
        }
        byte[] body = new byte[Float.BYTES * elements];
        in.readFully(body);
        float[] output = new float[elements];
        ByteBuffer.wrap(body).asFloatBuffer().get(output);
        outputs.put(Hash128.fromBytes(head, 0), output);
        whole += head.length + body.length;
      }
    } catch (EOFException e) {
      cutTo(whole);
    }
  }

  private void cutTo(long bytes) throws IOException {
    try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
      channel.truncate(bytes);
    }
  }
}
