package io.hindsight.datasets.encoding;

/** What an encoding learned from the training part. */
public sealed interface EncodingPart permits Vocabulary, Scaling, Labels, Categories {}
