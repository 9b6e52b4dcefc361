package io.realmstream.deploy.upgrade;

import io.realmstream.deploy.embedded.cluster.EmbeddedJob;
import io.realmstream.deploy.embedded.cluster.RealmJob;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.flink.api.common.typeutils.CompositeTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.java.typeutils.runtime.PojoSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.state.KeyGroupsStateHandle;
import org.apache.flink.runtime.state.KeyedBackendSerializationProxy;
import org.apache.flink.runtime.state.KeyedStateHandle;
import org.apache.flink.runtime.state.OperatorBackendSerializationProxy;
import org.apache.flink.runtime.state.OperatorStateHandle;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot.BackendStateType;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot.CommonOptionsKeys;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot.CommonSerializerKeys;

/**
 * The states in savepoints, a line each: {@code job uid: kind name, key -> value}, with the names
 * of serializers. A kind is KEYED with Flink's type of state, TIMERS, SPLIT, UNION or BROADCAST.
 */
final class StateList {
  private static final ClassLoader CLASSES = StateList.class.getClassLoader();

  private final Set<String> lines = new TreeSet<>();

  /**
   * The states of all jobs.
   *
   * @param checkpoints for each job its folder, with a canonical savepoint in {@code chk-1}
   */
  static Set<String> of(Path checkpoints) throws IOException {
    StateList list = new StateList();
    for (RealmJob job : RealmJob.values()) {
      String folder = EmbeddedJob.id(job.jobName()).toHexString();
      list.add(job.jobName(), checkpoints.resolve(folder).resolve("chk-1"));
    }
    return list.lines;
  }

  private void add(String job, Path savepoint) throws IOException {
    CheckpointMetadata metadata;
    try (InputStream in =
        new BufferedInputStream(Files.newInputStream(savepoint.resolve("_metadata")))) {
      metadata =
          Checkpoints.loadCheckpointMetadata(
              new DataInputStream(in), CLASSES, savepoint.toUri().toString());
    }
    for (OperatorState operator : metadata.getOperatorStates()) {
      String where = job + " " + operator.getOperatorUid().orElseThrow() + ": ";
      for (OperatorSubtaskState subtask : operator.getStates()) {
        for (KeyedStateHandle handle : subtask.getManagedKeyedState()) {
          addKeyed(where, (KeyGroupsStateHandle) handle);
        }
        for (OperatorStateHandle handle : subtask.getManagedOperatorState()) {
          addOperator(where, handle);
        }
      }
    }
  }

  private void addKeyed(String where, KeyGroupsStateHandle handle) throws IOException {
    KeyedBackendSerializationProxy<?> head = new KeyedBackendSerializationProxy<>(CLASSES);
    try (InputStream in = handle.openInputStream()) {
      head.read(new DataInputViewStreamWrapper(in));
    }
    String key = name(head.getKeySerializerSnapshot());
    for (StateMetaInfoSnapshot state : head.getStateMetaInfoSnapshots()) {
      boolean isTimers = state.getBackendStateType() == BackendStateType.PRIORITY_QUEUE;
      String kind =
          isTimers ? "TIMERS" : "KEYED " + state.getOption(CommonOptionsKeys.KEYED_STATE_TYPE);
      String namespace =
          isTimers
              ? ""
              : " "
                  + name(
                      state.getTypeSerializerSnapshot(CommonSerializerKeys.NAMESPACE_SERIALIZER));
      lines.add(where + kind + " " + state.getName() + ", " + key + namespace + value(state));
    }
  }

  private void addOperator(String where, OperatorStateHandle handle) throws IOException {
    OperatorBackendSerializationProxy head = new OperatorBackendSerializationProxy(CLASSES);
    try (InputStream in = handle.openInputStream()) {
      head.read(new DataInputViewStreamWrapper(in));
    }
    for (StateMetaInfoSnapshot state : head.getOperatorStateMetaInfoSnapshots()) {
      String kind = state.getOption(CommonOptionsKeys.OPERATOR_STATE_DISTRIBUTION_MODE);
      lines.add(where + kind + " " + state.getName() + "," + value(state));
    }
    for (StateMetaInfoSnapshot state : head.getBroadcastStateMetaInfoSnapshots()) {
      String key = name(state.getTypeSerializerSnapshot(CommonSerializerKeys.KEY_SERIALIZER));
      lines.add(where + "BROADCAST " + state.getName() + ", " + key + value(state));
    }
  }

  private static String value(StateMetaInfoSnapshot state) {
    return " -> " + name(state.getTypeSerializerSnapshot(CommonSerializerKeys.VALUE_SERIALIZER));
  }

  /** The serializer's class, with those inside; of a POJO or record, its class. */
  private static String name(TypeSerializerSnapshot<?> snapshot) {
    if (snapshot instanceof PojoSerializerSnapshot<?> pojo) {
      return "Pojo(" + pojoClass(pojo) + ")";
    }
    String name = snapshot.getClass().getSimpleName().replace("SerializerSnapshot", "");
    if (snapshot instanceof CompositeTypeSerializerSnapshot<?, ?> composite) {
      return Arrays.stream(composite.getNestedSerializerSnapshots())
          .map(StateList::name)
          .collect(Collectors.joining(", ", name + "(", ")"));
    }
    return name;
  }

  /** What the snapshot writes first. */
  private static String pojoClass(PojoSerializerSnapshot<?> snapshot) {
    try {
      DataOutputSerializer out = new DataOutputSerializer(1 << 10);
      snapshot.writeSnapshot(out);
      String name = new DataInputDeserializer(out.getCopyOfBuffer()).readUTF();
      return name.substring(name.lastIndexOf('.') + 1);
    } catch (IOException e) {
      throw new IllegalStateException("cannot write " + snapshot, e);
    }
  }
}
