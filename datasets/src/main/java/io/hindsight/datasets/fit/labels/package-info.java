/** How much the labels of a training part count, of which a target may have any number. */
package io.hindsight.datasets.fit.labels;
