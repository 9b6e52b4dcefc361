package io.realmstream.schemas.answer;

import io.realmstream.schemas.query.Decoding;
import io.realmstream.schemas.query.Normalization;
import io.realmstream.schemas.query.QueryKind;
import org.jspecify.annotations.Nullable;

/** How the answer was asked for; each null where it plays no part. */
public record AnswerMode(
    @Nullable QueryKind kind, @Nullable Normalization normalization, @Nullable Decoding decoding) {}
