/**
 * The kinds of questions: how each reads its candidates and makes an answer of what was read. The
 * one place that tells them apart.
 */
@NullMarked
package io.realmstream.model.task;

import org.jspecify.annotations.NullMarked;
