package io.realmstream.deploy.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.jobgraph.OperatorID;

/** Copies of a job's savepoint, each of which its job cannot go on from. */
final class BadSavepoints {
  private static final String METADATA = "_metadata";

  /** An int of Flink's mark comes before the version. */
  private static final int VERSION_AT = Integer.BYTES;

  private final String address;
  private final String foreign;
  private final Path good;

  /**
   * @param address of a folder on this machine
   * @param foreign that of another job's savepoint
   */
  BadSavepoints(String address, String foreign) {
    this.address = address;
    this.foreign = foreign;
    good = Path.of(URI.create(address));
  }

  /** The address of the one that is copied. */
  String good() {
    return address;
  }

  /**
   * The address of each, by what is wrong with it.
   *
   * @param directory for the copies
   */
  Map<String, URI> all(Path directory) throws IOException {
    Map<String, URI> all = new TreeMap<>();
    all.put("another job's", URI.create(foreign));
    all.put("no metadata", withoutMetadata(copy(directory, "bare")));
    all.put("half of the metadata", halfOfTheMetadata(copy(directory, "half")));
    all.put("no file of state", withoutState(copy(directory, "stateless")));
    all.put("an operator that only a newer release has", ofANewerRelease(copy(directory, "newer")));
    all.put("a form that only a newer Flink knows", ofANewerFlink(copy(directory, "flink")));
    return all;
  }

  /** What tells whether somebody has changed it: its files and their checksums. */
  Map<String, Long> fingerprint() throws IOException {
    Map<String, Long> files = new TreeMap<>();
    for (Path file : files(good)) {
      CRC32 sum = new CRC32();
      sum.update(Files.readAllBytes(file));
      files.put(file.getFileName().toString(), sum.getValue());
    }
    return files;
  }

  private static URI withoutMetadata(Path copy) throws IOException {
    Files.delete(copy.resolve(METADATA));
    return copy.toUri();
  }

  private static URI halfOfTheMetadata(Path copy) throws IOException {
    byte[] whole = Files.readAllBytes(copy.resolve(METADATA));
    Files.write(copy.resolve(METADATA), Arrays.copyOf(whole, whole.length / 2));
    return copy.toUri();
  }

  private static URI withoutState(Path copy) throws IOException {
    List<Path> files = new ArrayList<>(files(copy));
    files.removeIf(file -> file.endsWith(METADATA));
    assertThat(files).as("files of state").isNotEmpty();
    files.sort(Comparator.comparing(file -> file.toFile().length()));
    Files.delete(files.get(files.size() - 1));
    return copy.toUri();
  }

  private URI ofANewerRelease(Path copy) throws IOException {
    CheckpointMetadata read;
    try (DataInputStream in = new DataInputStream(Files.newInputStream(good.resolve(METADATA)))) {
      read =
          Checkpoints.loadCheckpointMetadata(
              in, BadSavepoints.class.getClassLoader(), copy.toString());
    }
    OperatorState known =
        read.getOperatorStates().stream()
            .filter(state -> state.getSubtaskStates().values().stream().anyMatch(s -> s.hasState()))
            .findFirst()
            .orElseThrow();
    OperatorState newer =
        new OperatorState(
            "newer", "newer", new OperatorID(), known.getParallelism(), known.getMaxParallelism());
    known.getSubtaskStates().forEach(newer::putState);
    List<OperatorState> states = new ArrayList<>(read.getOperatorStates());
    states.add(newer);
    try (DataOutputStream out =
        new DataOutputStream(Files.newOutputStream(copy.resolve(METADATA)))) {
      Checkpoints.storeCheckpointMetadata(
          new CheckpointMetadata(read.getCheckpointId(), states, read.getMasterStates()), out);
    }
    return copy.toUri();
  }

  private static URI ofANewerFlink(Path copy) throws IOException {
    byte[] metadata = Files.readAllBytes(copy.resolve(METADATA));
    ByteBuffer fields = ByteBuffer.wrap(metadata);
    fields.putInt(VERSION_AT, fields.getInt(VERSION_AT) + 1);
    Files.write(copy.resolve(METADATA), metadata);
    return copy.toUri();
  }

  private Path copy(Path directory, String name) throws IOException {
    Path copy = Files.createDirectory(directory.resolve(name));
    for (Path file : files(good)) {
      Files.copy(file, copy.resolve(file.getFileName()));
    }
    return copy;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
