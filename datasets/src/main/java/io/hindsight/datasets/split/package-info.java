/**
 * How a table is divided into parts, by id or by time; which of its sequences and labels a part
 * uses, and how one sequence is encoded.
 */
package io.hindsight.datasets.split;
