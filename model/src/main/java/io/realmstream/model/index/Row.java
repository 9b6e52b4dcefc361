package io.realmstream.model.index;

import io.realmstream.model.index.vector.Int8Code;
import io.realmstream.schemas.Hash128;

/**
 * A row of a {@link PackedBlock} before it is packed.
 *
 * @param vector the number of the float32 vector, or {@link PackedBlock#DELETED}
 */
record Row(Hash128 uid, long sequence, long vector, int documentShard, Int8Code code) {}
