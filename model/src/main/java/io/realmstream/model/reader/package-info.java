/** Reading answers out of passages: the ONNX span reader and what it reads. */
@NullMarked
package io.realmstream.model.reader;

import org.jspecify.annotations.NullMarked;
