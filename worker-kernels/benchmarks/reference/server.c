/* Times forward and backward passes of one layer; see ../comparison/servers.py for the protocol.
   Its argument is a library with cblas_dgemm, such as libopenblas.so.0. */
#define _GNU_SOURCE
#include "layer.h"

#include <dlfcn.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const struct cell *const CELLS[] = {&RNN, &LSTM, &GRU};
static struct layer *layer;
static clockid_t step_clock = CLOCK_THREAD_CPUTIME_ID;

static double milliseconds(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

/* In [-bound, bound), by xorshift. */
static double random_number(double bound) {
  static uint64_t state = 88172645463325252u;
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return bound * ((double)(state >> 11) / (1ull << 52) - 1);
}

static void fill(const struct layer *l) {
  double weights = 1 / sqrt(l->H);
  double bounds[INPUTS] = {1.7, weights, weights, weights, weights, 1};
  struct span spans[INPUTS];
  layer_inputs(l, spans);
  for (int i = 0; i < INPUTS; i++) {
    for (size_t j = 0; j < spans[i].count; j++) {
      spans[i].values[j] = random_number(bounds[i]);
    }
  }
}

/* Makes this the layer, unless it is; whether there is such a one. */
static bool prepare(const char *name, int I, int H, int B, int T) {
  if (layer && !strcmp(layer->cell->name, name) && layer->I == I && layer->H == H &&
      layer->B == B && layer->T == T) {
    return true;
  }
  for (size_t i = 0; i < sizeof CELLS / sizeof *CELLS; i++) {
    if (!strcmp(CELLS[i]->name, name) && I > 0 && H > 0 && B > 0 && T > 0) {
      if (layer) {
        layer_free(layer);
      }
      layer = layer_new(CELLS[i], I, H, B, T);
      fill(layer);
      return true;
    }
  }
  return false;
}

static void run(int repetitions) {
  double process = milliseconds(CLOCK_PROCESS_CPUTIME_ID);
  printf("ms");
  for (int i = 0; i < repetitions; i++) {
    double start = milliseconds(step_clock);
    layer_forward(layer);
    layer_backward(layer);
    printf(" %.4f", milliseconds(step_clock) - start);
  }
  printf(" process %.4f\n", milliseconds(CLOCK_PROCESS_CPUTIME_ID) - process);
}

/* Computes with these numbers, of layer_inputs, and tells layer_results. */
static void check(char *numbers) {
  struct span inputs[INPUTS], results[RESULTS];
  layer_inputs(layer, inputs);
  for (int i = 0; i < INPUTS; i++) {
    for (size_t j = 0; j < inputs[i].count; j++) {
      char *end;
      inputs[i].values[j] = strtod(numbers, &end);
      if (end == numbers) {
        printf("error too few numbers\n");
        return;
      }
      numbers = end;
    }
  }
  layer_forward(layer);
  layer_backward(layer);
  layer_results(layer, results);
  printf("values");
  for (int i = 0; i < RESULTS; i++) {
    for (size_t j = 0; j < results[i].count; j++) {
      printf(" %.17g", results[i].values[j]);
    }
  }
  printf("\n");
}

static void answer(char *line) {
  char verb[8], cell[8], type[16];
  int I, H, B, T, repetitions, read = 0;
  int words = sscanf(line, "%7s %7s %d %d %d %d%n %15s %d", verb, cell, &I, &H, &B, &T, &read, type,
                     &repetitions);
  bool isRun = words == 8 && !strcmp(verb, "run"), isCheck = words >= 6 && !strcmp(verb, "check");
  if (!isRun && !isCheck) {
    printf("error expected 'run CELL I H B T DTYPE REPETITIONS' or 'check CELL I H B T NUMBERS'\n");
  } else if (isRun && strcmp(type, "float64")) {
    printf("unsupported the reference computes in float64 only, not in %s\n", type);
  } else if (!prepare(cell, I, H, B, T)) {
    printf("error no layer %s %d,%d,%d,%d\n", cell, I, H, B, T);
  } else if (isRun) {
    run(repetitions);
  } else {
    check(line + read);
  }
}

/* What the library says of itself. */
static const char *version(void *library, const char *name) {
  static char text[200];
  const char *(*openblas)(void) = (const char *(*)(void))dlsym(library, "openblas_get_config");
  void (*mkl)(char *, int) = (void (*)(char *, int))dlsym(library, "MKL_Get_Version_String");
  if (openblas) {
    return openblas();
  }
  if (mkl) {
    mkl(text, sizeof text - 1);
  }
  return mkl ? text : name;
}

int main(int count, char **arguments) {
  const char *name = count == 2 ? arguments[1] : "libopenblas.so.0";
  void *library = dlopen(name, RTLD_NOW | RTLD_GLOBAL);
  dgemm = library ? (dgemm_function *)dlsym(library, "cblas_dgemm") : NULL;
  if (!dgemm) {
    fprintf(stderr, "%s\n", dlerror());
    return 1;
  }
  const char *threads = getenv("OMP_NUM_THREADS");
  if (threads && atoi(threads) > 1) {
    step_clock = CLOCK_MONOTONIC;
  }
  printf("ready C by gcc %s, %s\n", __VERSION__, version(library, name));
  fflush(stdout);
  char *line = NULL;
  size_t size = 0;
  while (getline(&line, &size, stdin) > 0) {
    answer(line);
    fflush(stdout);
  }
  return 0;
}
