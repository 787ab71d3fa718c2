/** Encoded sequences as bytes: in a file of this process, and how lists of them read it. */
package io.hindsight.datasets.stored;
