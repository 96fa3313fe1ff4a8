#ifndef NEURISTOR_CHDF5_LIBRARY_H
#define NEURISTOR_CHDF5_LIBRARY_H

#include <hdf5/serial/hdf5.h>
#include <stdint.h>

// The constants of the headers call into the library, which would have to be linked; here they are plain numbers.
#undef H5CHECK
#define H5CHECK
#undef H5OPEN
#define H5OPEN

#define CALLS(CALL) \
  CALL(H5Acreate2) CALL(H5Aget_space) CALL(H5Aget_type) CALL(H5Aopen) CALL(H5Aread) CALL(H5Awrite) CALL(H5Dcreate2) \
  CALL(H5Dget_space) CALL(H5Dread) CALL(H5Dset_extent) CALL(H5Dwrite) CALL(H5Eclear2) CALL(H5Eset_auto2) CALL(H5Ewalk2) \
  CALL(H5Fcreate) CALL(H5Fflush) CALL(H5Fopen) CALL(H5Gcreate2) CALL(H5Gget_info) CALL(H5Idec_ref) \
  CALL(H5Lget_name_by_idx) CALL(H5Oopen) CALL(H5Pcreate) CALL(H5Pset_chunk) CALL(H5Pset_chunk_cache) \
  CALL(H5Pset_deflate) CALL(H5Pset_fapl_core) CALL(H5Pset_fclose_degree) CALL(H5Pset_file_image) \
  CALL(H5Pset_fill_time) CALL(H5Pset_libver_bounds) CALL(H5Pset_link_creation_order) CALL(H5Pset_shuffle) \
  CALL(H5Screate) CALL(H5Screate_simple) CALL(H5Sget_simple_extent_dims) CALL(H5Sget_simple_extent_ndims) \
  CALL(H5Sget_simple_extent_npoints) CALL(H5Sselect_hyperslab) CALL(H5Tcopy) CALL(H5Tis_variable_str) CALL(H5Tset_cset) \
  CALL(H5Tset_size) CALL(H5dont_atexit) CALL(H5free_memory) CALL(H5open)

// Identifiers that the library makes as it starts.
#define IDENTIFIERS(IDENTIFIER) \
  IDENTIFIER(H5P_CLS_DATASET_ACCESS_ID_g) IDENTIFIER(H5P_CLS_DATASET_CREATE_ID_g) \
  IDENTIFIER(H5P_CLS_FILE_ACCESS_ID_g) IDENTIFIER(H5P_CLS_FILE_CREATE_ID_g) IDENTIFIER(H5T_C_S1_g) \
  IDENTIFIER(H5T_IEEE_F64LE_g) IDENTIFIER(H5T_NATIVE_DOUBLE_g)

typedef struct {
#define CALL(name) __typeof__(name) *name;
  CALLS(CALL)
#undef CALL
#define IDENTIFIER(name) hid_t name;
  IDENTIFIERS(IDENTIFIER)
#undef IDENTIFIER
} HDF5_Library;

// Filled by HDF5_IsInstalled.
extern HDF5_Library hdf5;

// Around every use of `hdf5`. Leaving passes on a result and, if it is negative, keeps why.
void HDF5_Enter(void);
int64_t HDF5_Leave(int64_t result);

// Keeps why the last call failed, before others are made.
void HDF5_KeepReason(void);

#endif
