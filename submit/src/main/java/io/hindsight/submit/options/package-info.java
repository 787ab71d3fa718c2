/** Options that commands of more than one package take. */
package io.hindsight.submit.options;
