package io.realmstream.model.updating;

import io.realmstream.model.state.HeapTable;
import io.realmstream.model.state.HeapValue;
import io.realmstream.model.updating.reuse.DroppedPassages;
import io.realmstream.model.updating.reuse.ReuseLimits;
import io.realmstream.model.updating.reuse.TrunkOutputs;
import java.time.Duration;

/** The state of a shard on the heap; a shard that is opened on it is one that is restored. */
public final class HeapShard {

  private final ShardTables tables =
      new ShardTables(
          new HeapTable<>(),
          HeapTable.byText(),
          new HeapTable<>(),
          new HeapTable<>(),
          new HeapTable<>(),
          new HeapTable<>());
  private final ShardValues values =
      new ShardValues(
          new HeapValue<>(),
          new HeapValue<>(),
          new HeapValue<>(),
          new HeapValue<>(),
          new HeapValue<>(),
          new HeapValue<>());
  private final TrunkOutputs trunks =
      new TrunkOutputs(
          HeapTable.byText(),
          tables.published(),
          new DroppedPassages(
              new DroppedPassages.Tables(new HeapTable<>(), new HeapTable<>(), new HeapValue<>()),
              new ReuseLimits(100, Duration.ofDays(1)),
              () -> 0));

  /** A shard of that number whose state is empty. */
  public static Shard empty(int number) {
    return new HeapShard().open(number);
  }

  /** The shard as a start with this state finds it. */
  public Shard open(int number) {
    return new Shard(number, tables, values, trunks);
  }
}
