"""XML-RPC as WordPress speaks it at `xmlrpc.php`: for the programs that know nothing else."""
