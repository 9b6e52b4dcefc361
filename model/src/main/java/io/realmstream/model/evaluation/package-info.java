/** Judging answers: the normal form of an answer string, exact match and token F1. */
@NullMarked
package io.realmstream.model.evaluation;

import org.jspecify.annotations.NullMarked;
